#!/usr/bin/env bash
# HyperFormula writes 30 % as "0%".
#
# TEXT(0.3,"0%") is "30%" by Excel's documentation of TEXT, and in LibreOffice. HyperFormula
# formats the number without its multiplication by one hundred and puts the sign behind it: 0.3
# becomes "0%", and 0.285 with the format "0.0%" becomes "0.3%". There is no error.
# A sentence in a workbook such as ="deadweight "&TEXT(B2,"0%") then tells a share that is a hundred
# times too small.
# Seen with hyperformula 3.5.0. Source: Excel's documentation of TEXT, whose example =TEXT(0.285,"0.0%")
# gives 28.5%.
# Who uses it: TEXT(100*B2,"0")&"%".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund hyperformula@3.5.0 >/dev/null 2>&1
cat > asked.mjs <<'JS'
import assert from 'node:assert';
import { HyperFormula } from 'hyperformula';

const asked = ['=TEXT(0.3,"0%")', '=TEXT(0.285,"0.0%")', '=TEXT(30,"0")&"%"'];
const sheet = HyperFormula.buildFromArray(asked.map((x) => [x]), { licenseKey: 'gpl-v3' });
const found = asked.map((x, row) => sheet.getCellValue({ sheet: 0, row, col: 0 }));
asked.forEach((x, row) => console.log(x, 'gives', found[row]));
assert.deepEqual(found, ['0%', '0.3%', '30%'], 'this has changed');
JS
node asked.mjs
