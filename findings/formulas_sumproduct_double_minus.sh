#!/usr/bin/env bash
# The package formulas gives 0 for a SUMPRODUCT that counts by a condition, without an error.
#
# SUMPRODUCT(--(B1:B3>35),B1:B3) is how spreadsheets of before SUMIFS add up what meets a condition:
# the two minus signs turn true and false into 1 and 0. By Excel's documentation the sum is 90 here,
# and so it is in LibreOffice. formulas gives 0.0: no error, no warning, a number like any other.
# With a multiplication in place of the minus signs the same package does give 90. So whoever has a
# workbook recomputed by it, to check a total per payer or per year, may see zeros that are wrong.
# Seen with formulas 1.3.4 and openpyxl 3.1.5. Source: Excel's documentation of SUMPRODUCT ("treats
# non-numeric array entries as if they were zeros", which the minus signs are there to prevent).
# Who uses it: write SUMPRODUCT((range>35)*range), or SUMIFS.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  formulas==1.3.4 openpyxl==3.1.5 >/dev/null 2>&1
cd "$work"
"$work/venv/bin/python" -W ignore - <<'PY'
import formulas
import openpyxl

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Blad"
for row, amount in enumerate((10, 40, 50), 1):
    sheet.cell(row, 2, amount)
asked = {
    "E1": "=SUMPRODUCT(--(B1:B3>35),B1:B3)",
    "E2": "=SUMPRODUCT((B1:B3>35)*B1:B3)",
    "E3": '=SUMIF(B1:B3,">35",B1:B3)',
}
for place, formula in asked.items():
    sheet[place] = formula
book.save("book.xlsx")
solved = formulas.ExcelModel().loads("book.xlsx").finish().calculate()
found = {x: float(solved[f"'[book.xlsx]BLAD'!{x}"].value[0, 0]) for x in asked}
for place, formula in asked.items():
    print(formula, "gives", found[place])
assert found == {"E1": 0.0, "E2": 90.0, "E3": 90.0}, "this has changed"
PY
