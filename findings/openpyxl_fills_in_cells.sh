#!/usr/bin/env bash
# A merged cell, or a link on a range, makes openpyxl fill in every cell that it lies over.
#
# A workbook with one value takes a few hundred bytes, whatever its cells are merged to. Loaded whole,
# openpyxl 3.1.5 makes an object for each cell of a merged range, and for each cell of the range of a
# hyperlink, though the file has none of them. Memory and time then follow the area of the range and
# not the size of the file, so that no limit on the size of a file bounds the work.
# Seen with openpyxl 3.1.5. Source: openpyxl/worksheet/_reader.py (`bind_merged_cells`,
# `bind_hyperlinks`). With read_only=True neither is read, and merged cells cannot be told from empty
# ones. Who reads workbooks of others: look at the areas before, or at the markup.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5 >/dev/null 2>&1
cd "$work"
"$work/venv/bin/python" - <<'PY'
import zipfile

import openpyxl


def loaded(change):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = 1
    change(sheet)
    book.save("one.xlsx")
    with zipfile.ZipFile("one.xlsx") as archive:
        markup = archive.read("xl/worksheets/sheet1.xml").count(b"<c ")
    return markup, len(openpyxl.load_workbook("one.xlsx").worksheets[0]._cells)


def linked(sheet):
    sheet["A1"].hyperlink = "https://example.org"
    sheet["A1"].hyperlink.ref = "A1:D500"


plain, link = loaded(lambda sheet: None), loaded(linked)
print("one value: cells in the file, cells in memory:", plain)
print("with a link on A1:D500:", link)
assert plain == (1, 1) and link == (1, 2000), "this has changed"
book = openpyxl.Workbook()
book.worksheets[0]["A1"] = 1
book.save("one.xlsx")
with zipfile.ZipFile("one.xlsx") as archive:
    parts = {one: archive.read(one) for one in archive.namelist()}
name = "xl/worksheets/sheet1.xml"
merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:D500"/></mergeCells>'
parts[name] = parts[name].replace(b"</sheetData>", merge)
with zipfile.ZipFile("merged.xlsx", "w") as archive:
    for one, content in parts.items():
        archive.writestr(one, content)
cells = len(openpyxl.load_workbook("merged.xlsx").worksheets[0]._cells)
print("merged to A1:D500: cells in the file 1, cells in memory", cells)
assert cells == 2000, "this has changed"
PY
