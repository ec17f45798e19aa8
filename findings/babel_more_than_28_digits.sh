#!/usr/bin/env bash
# Babel cannot write a number with as many digits as the decimal context of the caller has.
#
# format_decimal, format_currency and format_percent round a Decimal with `value.quantize(quantum)`
# in whatever context is in force, and by itself that holds 28 digits. So 1e25 with four decimals
# (29 digits) ends in decimal.InvalidOperation, without a word on the number or the pattern. That is
# far beyond any amount of money; but a simulation with a heavy tail, or a typing mistake in a
# volume, gets there, and the page that should tell of the mistake fails instead.
# Seen with Babel 2.18.0. Source: babel/numbers.py, `NumberPattern._quantize_value`.
# Who uses it: format within decimal.localcontext(prec=…), or with decimal_quantization=False.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check babel==2.18.0 >/dev/null 2>&1
"$work/venv/bin/python" - <<'PY'
import decimal
from decimal import Decimal

from babel.numbers import format_decimal

print("24 digits:", format_decimal(Decimal("1e23"), "#,##0.####", locale="nl_NL"))
try:
    told = format_decimal(Decimal("1e25"), "#,##0.####", locale="nl_NL")
except decimal.InvalidOperation as error:
    told = type(error).__name__
print("26 digits:", told)
with decimal.localcontext(decimal.Context(prec=60)):
    again = format_decimal(Decimal("1e25"), "#,##0.####", locale="nl_NL")
print("26 digits, with room for 60:", again)
assert told == "InvalidOperation" and again.startswith("10.000"), "this has changed"
PY
