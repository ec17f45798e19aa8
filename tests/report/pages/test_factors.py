"""What helped and what hindered, beside every condition; and what is named and no condition."""

from dataclasses import replace
from functools import cache

import pytest
from care_in_memory import worked_example
from valuations import valued

from sroi.inputs.evidence.experience import Experience
from sroi.report.figures.part import Part
from sroi.report.pages.experience import experience
from sroi.report.told.told import told

SAID = {
    "because": "Wie wilde praten.",
    "interviews": {"employee": "8", "client": "9"},
    "factors": [{"of": "toegang", "employee": {"helps": "6", "hinders": "few"}}],
    "new": [
        {
            "what": "De bus niet",
            "perspective": "client",
            "mentioned": "5",
            "works": "hinders",
        },
        {"what": "Weer koken", "perspective": "client", "mentioned": "few"},
    ],
}


@cache
def parts(lang: str) -> list[Part]:
    """The parts of the report, for the worked ladder with its six conditions."""
    shown = told(valued(worked_example(conditions=True)), lang)
    scenario = shown.scenario.model_copy(update={"experience": Experience.model_validate(SAID)})
    loaded = replace(shown.valuation.loaded, scenario=scenario)
    return experience(replace(shown, valuation=replace(shown.valuation, loaded=loaded)))


@pytest.mark.parametrize(
    ("lang", "cell", "silent"),
    [
        ("nl", "helpt: 6 en belemmert: minder dan 5", "niet genoemd"),
        ("en", "helps: 6 and hinders: fewer than 5", "not named"),
    ],
)
def test_every_condition_has_a_row(lang, cell, silent):
    """Also one that nobody names, and no count below five is told."""
    first, factors = parts(lang)
    assert first.tables == []  # nobody was asked about an outcome
    (table,) = factors.tables
    assert len(table.rows) == 6
    assert [row[1:] for row in table.rows if row[1] != silent] == [[cell, silent, silent]]


def test_what_is_no_condition_is_told_apart_from_what_is_no_outcome():
    """Each in its own place, once."""
    first, factors = parts("nl")
    assert [said for said in first.after if "Weer koken" in said] != []
    assert not any("bus" in said for said in first.after)
    assert factors.after == [
        "Deelnemers noemen ‘De bus niet’ als iets wat belemmert, en dat staat niet bij de "
        "voorwaarden."
    ]
