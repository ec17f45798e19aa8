#!/usr/bin/env bash
# WeasyPrint writes the name of an attached file with accents as UTF-8, which no reader takes it for.
#
# A PDF has the name of an embedded file three times: as the key under which it is listed, as /F and as
# /UF. A text there is in PDFDocEncoding or in UTF-16 with a mark in front (ISO 32000-1, 7.9.2.2).
# WeasyPrint writes /UF so, but the key and /F as bare bytes of UTF-8. So "één.csv" is listed under a
# name of seven characters that nobody gave it; pypdf and pikepdf both list it so. A name of ASCII
# alone is the same in all of them.
# Seen with WeasyPrint 70.0, pypdf 7.1.0 and pikepdf 10.17.0. Source: weasyprint/pdf/anchors.py,
# `write_pdf_attachment`; pydyf, `String`.
# Needs Pango and HarfBuzz on the machine, as WeasyPrint does.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  weasyprint==70.0 pypdf==7.1.0 pikepdf==10.17.0 >/dev/null 2>&1
"$work/venv/bin/python" -W ignore - <<'PY'
import io

import pikepdf
import pypdf
import weasyprint

name = "één.csv"
attached = weasyprint.Attachment(string=b"a;b\n", name=name)
made = weasyprint.HTML(string="<p>een").write_pdf(attachments=[attached])
with pikepdf.open(io.BytesIO(made)) as document:
    (key,) = document.attachments
    file = document.Root.Names.EmbeddedFiles.Names[1]
    print("listed as:", ascii(key), "  /F:", ascii(str(file.F)), "  /UF:", ascii(str(file.UF)))
    (read,) = (one.name for one in pypdf.PdfReader(io.BytesIO(made)).attachment_list)
    print("as pypdf reads it:", ascii(read))
    wrong = name.encode().decode("latin-1")
    assert key == read == str(file.F) == wrong != name and str(file.UF) == name, "this has changed"
PY
