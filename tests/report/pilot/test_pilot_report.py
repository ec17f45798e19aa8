"""The report of a pilot: what stands on page 1, that every section speaks, and its files."""

import hashlib
import io
import json
import re

import pikepdf
import pytest
from care_in_memory import worked_example
from shipped_city import CITY, shipped_city
from valuations import valued

from sroi.analysis.pilot.in_scenario import in_scenario
from sroi.analysis.pilot.moving_along import moving_along
from sroi.inputs.pilot.pilot_file import load_pilot
from sroi.inputs.pilot.presence import read_presence
from sroi.report.pilot import pilot_in_scenario
from sroi.report.pilot.pilot_page import SECTIONS, against, contents, rendered
from sroi.report.pilot.pilot_report import files, signs
from sroi.report.pilot.pilot_told import pilot_told


@pytest.fixture(scope="module")
def along():
    """Who moved along in the shipped city."""
    found = shipped_city()
    return moving_along(found, read_presence(found.described, found.register))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_section_says_something(along, lang):
    """In either language, and the first page has three changes with their bands."""
    told = pilot_told(shipped_city(), lang, along)
    filled = contents(told, "sroi pilot x.yaml", {})
    page = rendered(filled, for_print=False)
    for name in SECTIONS:
        (inside,) = re.findall(rf'<section id="{name}">(.*?)</section>', page, re.DOTALL)
        assert len(re.sub(r"<[^>]+>|\s+", " ", inside).split()) > 12, name
    assert [card.figure for card in filled["cards"]] == ["−14%", "−14%", "+6%"]
    assert all(told.band(told.ratio_of(one)) in page for one in shipped_city().effects[:3])


def test_what_speaks_against_it_stands_on_page_1(along):
    """What the terminal tells, each once."""
    told = pilot_told(shipped_city(), "nl", along)
    filled = contents(told, "sroi pilot x.yaml", {})
    assert filled["against"] == list(against(told))[:4]
    assert any("gesimuleerd" in line for line in filled["against"])


def test_without_a_comparison_no_effect_is_told(tmp_path):
    """No card, no chart of effects, and it is said."""
    for path in CITY.parent.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    alone = tmp_path / CITY.name
    text = re.sub(r"^comparison:.*\n", "", alone.read_text("utf-8"), flags=re.MULTILINE)
    alone.write_text(text, encoding="utf-8")
    from sroi.analysis.pilot.piloting import piloted
    from sroi.inputs.pilot.register import read_register

    described = load_pilot(alone)
    told = pilot_told(piloted(described, read_register(described)), "nl")
    filled = contents(told, "sroi pilot x.yaml", {})
    assert filled["cards"] == []
    page = rendered(filled, for_print=False)
    assert page.count("Zonder wijken om mee te vergelijken is er geen effect te noemen.") >= 2
    assert "Zoek wijken zonder pilot" in page


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_it_means_for_a_scenario_is_told_with_its_bands(along, lang):
    """Society and each payer that pays, before and after, and whether to wait."""
    before, after = (valued(worked_example(**changes)) for changes in ({}, {"conditions": True}))
    shift = in_scenario(shipped_city(), "zorgladder", before, after)
    told = pilot_told(shipped_city(), lang, along, shift=shift)
    said = pilot_in_scenario.part(told, shift)
    (table,) = said.tables
    assert [len(row) for row in table.rows] == [5, 5]
    assert all("–" in row[1] and "–" in row[3] for row in table.rows)
    assert len(said.after) == 1
    page = rendered(contents(told, "sroi pilot x.yaml", {}), for_print=False)
    assert said.head in page
    data = pilot_in_scenario.as_data(shift)
    assert data["after"]["p5"] < data["after"]["net_present_value"] < data["after"]["p95"]


def test_the_files_say_what_they_rest_on(along, tmp_path):
    """A PDF that is tagged, with the pilot and its results in it and no register; a web page and a
    Word document with the same fingerprints."""
    found = shipped_city()
    paths = [tmp_path / f"pilot.{kind}" for kind in ("pdf", "html", "docx")]
    made = files(found, along, "nl", paths)
    printed = pikepdf.open(io.BytesIO(made[paths[0]]))
    assert bool(printed.Root.MarkInfo.Marked)
    assert set(printed.attachments) == {CITY.name, "results.json"}
    results = json.loads(printed.attachments["results.json"].get_file().read_bytes())
    assert results["schema"] == "sroi.pilot/1"
    assert made[paths[2]][:2] == b"PK"
    known = signs(found.described)
    assert set(known) == {
        path.name for path in (CITY, found.described.data, found.described.presence)
    }
    assert known[CITY.name] == hashlib.sha256(CITY.read_bytes()).hexdigest()
    assert all(sign in made[paths[1]] for sign in known.values())
