"""Prices that somebody hands over, held against those that come with sroi."""

import copy

import pytest
from valuations import LIBRARY

from sroi import shipped
from sroi.inputs.library.as_shipped import Apart, Claimed, apart, claimed, entries
from sroi.inputs.library.used_library import as_text, used_files
from sroi.inputs.text.yaml_text import parse

SCENARIOS = sorted(shipped.folder("scenarios").glob("*.yaml"))
OWN = {
    "wonen": {"theme": "wonen", "proxies": [{"id": "huis", "value": {"low": "1", "best": "2"}}]},
    "sources": {"sources": [{"id": "bron", "title": "Bron"}]},
}


def handed(**changes: object) -> dict[str, object]:
    files: dict[str, object] = copy.deepcopy(OWN)
    files["wonen"]["proxies"][0].update(changes)  # type: ignore[index]
    return files


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_what_a_report_takes_along_is_as_it_is_shipped(path):
    """Written as one file and read again."""
    scenario = parse(path.read_bytes(), path.name).data
    own = used_files(scenario, LIBRARY)
    again = parse(as_text(own, "prijzen").encode(), "x").data
    assert list(apart(again, own)) == list(claimed(again, own)) == []
    assert len(entries(own)) > 10


def test_a_number_that_differs_is_named_with_both_values():
    assert list(apart(handed(value={"low": "1", "best": "3"}), OWN)) == [
        Apart("huis", "value.best", "3", "2")
    ]


def test_an_entry_that_is_not_there_and_one_that_is_left_out():
    """Every field of it."""
    files = handed(id="hut")
    told = [(one.entry, one.field, one.handed, one.own) for one in apart(files, OWN)]
    assert ("huis", "value.best", "–", "2") in told
    assert ("hut", "value.best", "2", "–") in told


def test_a_review_is_a_claim_and_no_difference():
    """Also the history of it; of an entry that is not there it is none."""
    review = {"status": "checked", "by": "Een hogeschool", "on": "2026-02-01"}
    files = handed(review=review, history=[{"field": "value"}])
    assert list(apart(files, OWN)) == []
    assert list(claimed(files, OWN)) == [Claimed("huis", "checked", "Een hogeschool", "2026-02-01")]
    assert list(claimed(handed(id="hut", review=review), OWN)) == []


@pytest.mark.parametrize("odd", [{}, {"wonen": None}, {"wonen": [1, "a"]}, {"wonen": {"x": [[]]}}])
def test_whatever_somebody_hands_over(odd):
    """Differs, and breaks nothing."""
    assert list(apart(odd, OWN))
    assert list(claimed(odd, OWN)) == []
