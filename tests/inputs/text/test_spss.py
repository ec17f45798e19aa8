"""A file of SPSS as a sheet; and that a reader which falls over is no more than a refusal."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from sroi import process
from sroi.inputs.text import spss
from sroi.inputs.text.cells import Kind, Table
from sroi.inputs.text.sheet import tables_of
from sroi.problems import Unusable

KIND = Kind("kind", "unreadable", "too-large", "active", (".xlsx", ".csv", ".sav"))
PEOPLE = pd.DataFrame(
    {"nr": ["P1", "P2", "P3"], "voor": [1.0, 2.0, 9.0], "na": [3.5, None, -9.0], "getal": [1, 2, 3]}
)


def saved(folder: Path, frame: pd.DataFrame = PEOPLE, **parts) -> Path:
    path = folder / "antwoorden.sav"
    pyreadstat.write_sav(frame, str(path), **parts)
    return path


def read(path: Path, kind: Kind = KIND) -> Table:
    return tables_of(path, kind)[0]


def refused(path: Path, kind: Kind = KIND) -> str:
    with pytest.raises(Unusable) as caught:
        tables_of(path, kind)
    return caught.value.problems[0].code


def test_cases_below_the_names_of_variables(tmp_path):
    """Numbered as SPSS shows them; a whole number has no decimals."""
    table = read(saved(tmp_path, column_labels={"voor": "Hoe gaat het?"}))
    assert [[cell.text for cell in row] for row in table] == [
        ["nr", "voor", "na", "getal"], ["P1", "1", "3.5", "1"], ["P2", "2", "", "2"],
        ["P3", "9", "-9", "3"],
    ]  # fmt: skip
    assert table[3][1].address == "B3"
    assert table[0][1].label == "Hoe gaat het?"


def test_what_the_file_declares_missing_is_empty(tmp_path):
    """A value, or a range of values."""
    declared = {"voor": [9], "na": [{"lo": -99, "hi": -1}]}
    table = read(saved(tmp_path, missing_ranges=declared))
    assert [[row[1].text, row[2].text] for row in table[1:]] == [["1", "3.5"], ["2", ""], ["", ""]]


def test_values_have_the_names_that_the_file_gives_them(tmp_path):
    labels = {"voor": {1: "ja", 2: "nee"}}
    table = read(saved(tmp_path, variable_value_labels=labels))
    assert [row[1].label for row in table[1:]] == ["ja", "nee", ""]


@pytest.mark.parametrize(
    ("limits", "code"),
    [({"most_rows": 2}, "too-large"), ({"most_columns": 3}, "too-large"),
     ({"most_cells": 11}, "too-large"), ({"most_unpacked": 50}, "too-large"),
     ({"most_bytes": 100}, "too-large"), ({"suffixes": (".csv",)}, "kind")],
)  # fmt: skip
def test_no_more_than_a_sheet_holds(tmp_path, limits, code):
    kind = Kind(**({"suffixes": KIND.suffixes} | limits), suffix="kind", unreadable="unreadable",
                too_large="too-large", active="active")  # fmt: skip
    assert refused(saved(tmp_path), kind) == code


@pytest.mark.parametrize(
    "content", [b"", b"PK\3\4", b"$FL3@(#)" + b"x" * 500, b"$FL2" + b"\0" * 900]
)
def test_what_is_no_such_file(tmp_path, content):
    path = tmp_path / "a.sav"
    path.write_bytes(content)
    assert refused(path) == "unreadable"


def test_a_reader_that_falls_over_takes_nothing_along(tmp_path, monkeypatch):
    """It ends by a signal, as the package does on some damaged files; here without such a file."""

    @contextmanager
    def falling(module: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        assert module == "sroi.inputs.text.spss_apart"
        assert arguments
        end = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
        with subprocess.Popen(
            [sys.executable, "-c", end], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as ending:
            yield ending

    monkeypatch.setattr(process, "started", falling)
    assert refused(saved(tmp_path)) == "unreadable"


def test_a_reader_that_does_not_come_back_is_stopped(tmp_path, monkeypatch):
    """After a while; here at once."""
    monkeypatch.setattr(spss, "SECONDS", 0)
    assert refused(saved(tmp_path)) == "unreadable"
