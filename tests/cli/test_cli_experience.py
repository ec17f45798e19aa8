"""`sroi experience`: from a sheet of codings to the scenario, and nothing else disturbed."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from quick_yaml import BaseLoader

from sroi import shipped
from sroi.inputs.files.scenario_file import load

SHEET = shipped.folder("scenarios") / "metingen" / "gesprekken.csv"
OLDER = shipped.folder("scenarios") / "voorbeeldstad-ouderen.yaml"


@pytest.fixture
def older(tmp_path) -> Path:
    """A scenario of one's own."""
    return Path(shutil.copy(OLDER, tmp_path / "ouderen.yaml"))


@pytest.mark.parametrize(("lang", "said"), [("nl", "niet herkend"), ("en", "not recognised")])
def test_the_shipped_sheet_is_shown(sroi, older, lang, said):
    """And the file is left alone."""
    before = older.read_bytes()
    code, out, _ = sroi("experience", SHEET, older, "--lang", lang)
    assert code == 0
    assert said in out
    assert older.read_bytes() == before


def test_the_shipped_scenario_holds_what_the_shipped_sheet_says(sroi, older):
    """Counted again, by perspective and outcome; and no count below five leaves the sheet."""
    code, out, _ = sroi("experience", SHEET, older, "--json")
    assert code == 0
    found = json.loads(out)
    stated = yaml.load(OLDER.read_text("utf-8"), Loader=BaseLoader)["experience"]
    assert {key: found[key] for key in ("interviews", "outcomes", "kappa")} == {
        key: stated[key] for key in ("interviews", "outcomes", "kappa")
    }
    assert "new" not in found


def test_writing_changes_the_experience_and_nothing_else(sroi, older):
    """With the reason that is given; what a sheet does not say stays."""
    before = older.read_text("utf-8")
    code, _, err = sroi("experience", SHEET, older, "--write", "--yes", "--because", "Wie wilde.")
    assert code == 0
    assert "+++" in err
    after = older.read_text("utf-8")
    start, end = before.index("\nexperience:"), before.index("\n# Wat dit werk laat werken")
    assert after.startswith(before[:start])
    assert after.endswith(before[end:])
    written = load(older).scenario.experience
    assert written.because.nl == "Wie wilde."
    assert written.shift == load(OLDER).scenario.experience.shift
    assert written.quotes == load(OLDER).scenario.experience.quotes


def test_without_an_experience_it_is_added(sroi, older):
    """At the end of the file."""
    text = older.read_text("utf-8")
    start, end = text.index("\nexperience:"), text.index("\n# Wat dit werk laat werken")
    older.write_text(text[:start] + text[end:], "utf-8")
    code, _, _ = sroi("experience", SHEET, older, "--write", "--yes")
    assert code == 0
    assert load(older).scenario.experience.interviews.client == 22


def test_a_bad_sheet_is_told_and_nothing_is_written(sroi, older, tmp_path):
    """Exit code 2."""
    bad = tmp_path / "fout.csv"
    bad.write_text("gesprek;perspectief;uitkomst;genoemd\ng1;buurman;rust;ja\n", "utf-8")
    before = older.read_bytes()
    code, _, err = sroi("experience", bad, older, "--write", "--yes")
    assert code == 2
    assert "codings-perspective" in err
    assert older.read_bytes() == before
