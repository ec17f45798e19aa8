#!/usr/bin/env bash
# pycel says that one month after 31 January is 3 March.
#
# EDATE gives the same day of a later month, and where that month is shorter its last day: 28
# February 2026, by Excel's documentation and in LibreOffice, HyperFormula and formulas. pycel adds
# the month to the date's parts and lets the days run over. Terms of a contract that are counted in
# months from the last day of a month so end, and are paid, in another month.
# Seen with pycel 1.0b30. Source: Excel's documentation of EDATE; pycel/lib/date_time.py.
# Who uses it: count from the first of a month, or take EOMONTH where the end of one is meant.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  pycel==1.0b30 openpyxl==3.1.5 >/dev/null 2>&1
cd "$work"
"$work/venv/bin/python" -W ignore - <<'PY'
from datetime import date, timedelta

import openpyxl
from pycel import ExcelCompiler

book = openpyxl.Workbook()
asked = {"A1": "=EDATE(DATE(2026,1,31),1)", "A2": "=EDATE(DATE(2026,1,28),1)"}
for place, formula in asked.items():
    book.active[place] = formula
book.active.title = "Blad"
book.save("book.xlsx")
compiled = ExcelCompiler(filename="book.xlsx")
day = {x: date(1899, 12, 30) + timedelta(int(compiled.evaluate(f"Blad!{x}"))) for x in asked}
for place, formula in asked.items():
    print(formula, "gives", day[place])
assert day == {"A1": date(2026, 3, 3), "A2": date(2026, 2, 28)}, "this has changed"
PY
