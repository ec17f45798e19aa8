#!/usr/bin/env bash
# agate, the reader of csvkit, makes 4818 of 481,8 and nothing of "None", without a word.
#
# The observations that Statistics Netherlands gives as open data (version 4) have a semicolon between
# columns, a comma before decimals and the word None in ValueAttribute, which says that nothing is the
# matter with a number. agate takes a comma for a separator of thousands wherever it stands, so that
# 481,8 becomes 4818 and 1250,5 becomes 12505, while 8 stays 8: sums and means are wrong by a factor
# that differs by row. ValueAttribute, being None everywhere, becomes a column of empty booleans. A
# reader of tables in one language is told nothing of either. With Number(locale="nl_NL") for the column
# it is 481.8, and with Text(null_values=()) it is None. pandas, polars and DuckDB leave both as text.
# Seen with agate 1.14.2. Source: the column headings and values of table 85678NED as downloaded by
# others (Id;Measure;…;Value;StringValue;ValueAttribute, "481,8;;None"); agate.data_types.Number.
# Who uses it: name the locale, or the types of the columns.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  agate==1.14.2 >/dev/null 2>&1
cd "$work"
"$work/venv/bin/python" -W ignore - <<'PY'
from pathlib import Path

import agate

HEAD = "Id;Measure;Perioden;Value;StringValue;ValueAttribute\n"
ROWS = ["0;A;2022JJ00;481,8;;None", "1;A;2023JJ00;8;;None", "2;A;2024JJ00;1250,5;;None"]
Path("observations.csv").write_text(HEAD + "\n".join(ROWS) + "\n")


def read(**types):
    table = agate.Table.from_csv("observations.csv", delimiter=";", **types)
    return [[row["Value"], row["ValueAttribute"]] for row in table.rows]


plain = read()
tester = agate.TypeTester(force={"Value": agate.Number(locale="nl_NL"),
                                 "ValueAttribute": agate.Text(null_values=())})
told = read(column_types=tester)
print("as it reads:", [[str(number), word] for number, word in plain])
print("as it stands:", [[str(number), word] for number, word in told])
assert [str(number) for number, _ in plain] == ["4818", "8", "12505"], "this has changed"
assert [word for _, word in plain] == [None, None, None], "this has changed"
assert [str(number) for number, _ in told] == ["481.8", "8", "1250.5"], "this has changed"
assert [word for _, word in told] == ["None", "None", "None"], "this has changed"
PY
