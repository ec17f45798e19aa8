#!/usr/bin/env bash
# citeproc-py leaves out the year of a source whose date is given as raw text, without a word.
#
# CSL-JSON lets a date be parts, {"date-parts": [[2024]]}, or text, {"raw": "2024"}, which is what
# several reference managers write. With parts citeproc-py gives "CBS (2024)", and with {"literal":
# "najaar 2024"} that text. With raw it gives "CBS": neither the year, nor the "no date" that the
# style has for a source without one. A list of sources looks complete, and one has no year.
# Seen with citeproc-py 0.11.1 and its own style harvard-cite-them-right. Source: the JSON schema of
# CSL (csl-data.json, `date-variable`), in which `raw` and `literal` stand beside `date-parts`.
# Who uses it: turn such a date into parts first.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  citeproc-py==0.11.1 >/dev/null 2>&1
"$work/venv/bin/python" -W ignore - <<'PY'
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter
from citeproc.source.json import CiteProcJSON


def cited(date):
    source = {"id": "a", "type": "dataset", "title": "Tabel", "author": [{"literal": "CBS"}]}
    source |= {"issued": date} if date else {}
    style = CitationStylesStyle("harvard-cite-them-right", locale="en-US", validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON([source]), formatter.plain)
    made.register(Citation([CitationItem("a")]))
    return str(made.bibliography()[0])


dates = [{"date-parts": [[2024]]}, {"raw": "2024"}, {"literal": "najaar 2024"}, None]
found = [cited(date) for date in dates]
for date, line in zip(dates, found):
    print(date, "gives", line)
assert "(2024)" in found[0] and "(najaar 2024)" in found[2], "this has changed"
assert "no date" in found[3] and found[1] == "CBS “Tabel”.", "this has changed"
PY
