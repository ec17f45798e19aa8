"""Downloaded tables from the command line: from a file to a number in a scenario."""

import json

import municipal_tables as tables
import pytest

TOLD = {
    "nl": ["CSV van StatLine", "1e halfjaar 2025 (voorlopig)", "vijftallen", "totalen", "op 5",
           "Aalburg (2019)"],
    "en": ["CSV of StatLine", "(provisional)", "fives", "totals", "to 5"],
}  # fmt: skip


@pytest.fixture
def sroi(sroi):
    """A command that never ends in a fault of its own."""

    def run(*arguments: object):
        done = sroi(*arguments)
        assert "internal-error" not in done.all
        return done

    return run


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_show(sroi, tmp_path, lang):
    path = tables.statline(tmp_path / "wmo.csv")
    done = sroi("data", "show", path, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    for words in {
        "nl": [
            "CSV van StatLine",
            "1e halfjaar 2025 (voorlopig)",
            "vijftallen",
            "totalen",
            "Aalburg (2019)",
            "op 5",
        ],
        "en": ["CSV of StatLine", "(provisional)", "fives", "totals", "to 5"],
    }[lang]:
        assert words in done.out  # fmt: skip


def test_show_as_data(sroi, tmp_path):
    done = sroi("data", "show", tables.in_archive(tmp_path / "a.zip", tables.YOUTH), "--json")
    told = json.loads(done.out)
    assert told["schema"] == "sroi.data/1"
    (file,) = told["files"]
    assert (file["layout"], file["table"]) == ("open-data-4", "99998NED")
    assert file["measures"][0] == {
        "measure": "T1", "title": "Jongeren met jeugdhulp", "unit": "aantal", "cells": 8,
        "unknown": 1, "words": 0, "rounded_to": 0.0,
    }  # fmt: skip
    assert file["periods"][1] == {
        "written": "2024HJ01", "kind": "half", "year": 2024, "number": 1, "status": "provisional",
    }  # fmt: skip
    assert file["ended"] == ["GM0370"]


def test_a_file_that_is_none(sroi, tmp_path):
    done = sroi("data", "show", tmp_path / "weg.csv")
    assert (done.code, done.out, "file-missing" in done.err) == (2, "", True)
