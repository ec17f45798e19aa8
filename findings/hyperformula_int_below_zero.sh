#!/usr/bin/env bash
# HyperFormula rounds a negative number up where INT should round it down.
#
# INT(-7.5) is -8 by Excel's documentation (down, away from zero for what is negative) and in
# LibreOffice, formulas and pycel. HyperFormula gives -7, as TRUNC does. So a number of places that
# is cut from a contract, taken as INT of a difference that may be negative, is one off.
# Seen with hyperformula 3.5.0. Source: Excel's documentation of INT, which says that what is
# negative is rounded away from 0 and has =INT(-8.9) give -9.
# Who uses it: FLOOR(x,1), which does give -8.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund hyperformula@3.5.0 >/dev/null 2>&1
cat > asked.mjs <<'JS'
import assert from 'node:assert';
import { HyperFormula } from 'hyperformula';

const asked = ['=INT(-7.5)', '=TRUNC(-7.5)', '=FLOOR(-7.5,1)', '=INT(7.5)'];
const sheet = HyperFormula.buildFromArray(asked.map((x) => [x]), { licenseKey: 'gpl-v3' });
const found = asked.map((x, row) => sheet.getCellValue({ sheet: 0, row, col: 0 }));
asked.forEach((x, row) => console.log(x, 'gives', found[row]));
assert.deepEqual(found, [-7, -7, -8, 7], 'this has changed');
JS
node asked.mjs
