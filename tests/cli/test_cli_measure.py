"""Measuring from the command line: from answers to a report, and nothing of a person on the way."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import surveys
from commands import Done
from surveys import COMPARED, measurement

from sroi import shipped

SCENARIOS = shipped.folder("scenarios")
CITY = SCENARIOS / "pilots" / "voorbeeldstad-naar-voren.yaml"
LONELY = SCENARIOS / "metingen" / "eenzaamheid-huisbezoek.yaml"
PEOPLE = {
    "naam": "Jan de Vries", "adres": "Dorpsstraat 12", "postcode": "1234 AB", "bsn": "111222333",
    "mail": "jan@voorbeeld.nl", "telefoon": "06-12345678", "geboortedatum": "1950-01-02",
}  # fmt: skip


@pytest.fixture
def sroi(sroi) -> Callable[..., Done]:
    """A command that never ends in a fault of its own."""

    def run(*arguments: object) -> Done:
        done = sroi(*arguments)
        assert "internal-error" not in done.all
        return done

    return run


@pytest.fixture
def older(tmp_path) -> Path:
    return shutil.copy(SCENARIOS / "voorbeeldstad-ouderen.yaml", tmp_path / "ouderen.yaml")


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", ["eenzaamheid-huisbezoek", "zelfredzaamheid-financien"])
def test_the_examples(sroi, lang, name):
    done = sroi("measure", LONELY.with_stem(name), "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert {"nl": "gesimuleerd", "en": "simulated"}[lang] in done.out
    assert "rate: {normal: {mean: " in done.out


def test_as_data(sroi):
    done = sroi("measure", LONELY, "--json")
    assert json.loads(done.out)["measurement"] == "eenzaamheid-huisbezoek"


def test_the_whole_way_to_the_numbers(sroi, older):
    """The sequence of the guide: measure, write, check, run."""
    done = sroi("measure", LONELY, "--write", older, "--yes")
    assert done.code == 0
    assert "+      normal: {mean: " in done.err
    assert f"Bijgewerkt: {older}" in done.err
    assert sroi("check", older).code == 0
    done = sroi("run", older, "--draws", "256", "--json")
    assert done.code == 0
    assert json.loads(done.out)["scenario"] == "voorbeeldstad-ouderen"
    assert "Er verandert niets" in sroi("measure", LONELY, "--write", older, "--yes").err


@pytest.mark.parametrize(("said", "written"), [("n\n", False), ("\n", False), ("ja\n", True)])
def test_the_question_before_writing(sroi, monkeypatch, tmp_path, older, said, written):
    """No is no; the numbers alone are on standard output."""
    before = older.read_bytes()
    (tmp_path / "said").write_text(said)
    monkeypatch.setattr("sys.stdin", (tmp_path / "said").open())
    done = sroi("measure", LONELY, "--write", older, "--json")
    assert done.code == 0
    assert json.loads(done.out)
    assert (older.read_bytes() != before) == written
    assert ("Er is niets veranderd" in done.err) == (not written)


def test_nobody_to_answer(sroi, monkeypatch, older):
    before = older.read_bytes()
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: PTH123, SIM115
    assert sroi("measure", LONELY, "--write", older).code == 130
    assert older.read_bytes() == before


def test_another_scenario_asks_for_the_outcome(sroi, tmp_path):
    other = shutil.copy(SCENARIOS / "voorbeeldstad-wijk.yaml", tmp_path / "wijk.yaml")
    done = sroi("measure", LONELY, "--write", other, "--yes")
    assert (done.code, "measure-other-scenario" in done.err) == (2, True)
    done = sroi("measure", LONELY, "--write", other, "--outcome", "mensen-kennen-elkar", "--yes")
    assert "Bedoelde u: mensen-kennen-elkaar?" in done.err
    named = ("--outcome", "mensen-kennen-elkaar", "--yes")
    assert sroi("measure", LONELY, "--write", other, *named).code == 0


def test_a_measurement_that_names_no_outcome(sroi, older):
    done = sroi("measure", LONELY.with_stem("zelfredzaamheid-financien"), "--write", older, "--yes")
    assert (done.code, "measure-outcome-unnamed" in done.err) == (2, True)


def test_a_web_for_conversations_is_not_money(sroi, tmp_path, older):
    rows = surveys.rows({"improved": 20, "same": 20, "worse": 10})
    path = measurement(
        tmp_path, surveys.csv("nr voor na", rows), instrument="positieve-gezondheid-42"
    )
    done = sroi("measure", path, "--write", older, "--outcome", "minder-huisarts", "--yes")
    assert (done.code, "measure-no-euros" in done.err) == (2, True)


def test_mistakes_stop_with_their_cells(sroi, tmp_path):
    path = measurement(tmp_path, "nr;voor;na\nP1;vier;5\nP2;4;12\n")
    done = sroi("measure", path)
    assert (done.code, done.out) == (2, "")
    assert "B2: " in done.err
    assert "C3: " in done.err
    assert "vier" not in done.err


# nothing of a person


def personal_file(folder: Path, spoiled: str = "") -> Path:
    """Two groups with everything in the file that should not be; the name stands in for a number
    as well. `spoiled`: what stands in the place of one score."""
    counts = {"improved": 30, "same": 20, "worse": 3, "missing": 12}
    people = [*surveys.rows(counts, "a"), *surveys.rows(counts, "b")]
    heads = ["nr", "groep", "voor", "na", *PEOPLE]
    rows = [[f"{PEOPLE['naam']} {n}", *row[1:], *PEOPLE.values()] for n, row in enumerate(people)]
    if spoiled:
        rows[3][2] = spoiled
    return measurement(folder, surveys.csv(" ".join(heads), rows), **COMPARED)


def leaked(text: str) -> list[str]:
    """What of the people stands in a text, whole or in part."""
    parts = {part for value in PEOPLE.values() for part in [value, *re.split(r"[ @]", value)]}
    return [part for part in parts if len(part) > 3 and part in text]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_no_output_holds_a_person(sroi, tmp_path, lang, options):
    """All kinds are noticed, with the column and a count; none is repeated."""
    done = sroi("measure", personal_file(tmp_path), "--lang", lang, *options)
    assert done.code == 0
    for kind in ("name", "address", "email", "phone", "bsn", "birth"):
        assert f"measure-personal-{kind}" in done.all
    assert leaked(done.all) == []


def test_no_scenario_holds_a_person(sroi, tmp_path, older):
    path = personal_file(tmp_path)
    done = sroi("measure", path, "--write", older, "--outcome", "minder-eenzaam", "--yes")
    assert done.code == 0
    assert leaked(done.all + older.read_text("utf-8")) == []


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("spoiled", [*PEOPLE.values(), "99"])
def test_no_mistake_holds_a_person(sroi, tmp_path, lang, spoiled):
    """Somebody's name in the place of a score is a mistake in a cell, and not told by name."""
    done = sroi("measure", personal_file(tmp_path, spoiled), "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert "C5" in done.err
    assert leaked(done.err) == []


def test_a_file_without_headings_tells_nobody(sroi, tmp_path):
    """People on the first line, where headings should be."""
    content = ";".join(PEOPLE.values()) + "\n" + ";".join(PEOPLE.values()) + "\n"
    done = sroi("measure", measurement(tmp_path, content))
    assert (done.code, leaked(done.err)) == (2, [])


def test_small_cells_stay_out_of_the_scenario(sroi, tmp_path, older):
    """Three got worse: the counts are not written, and the reason tells shares only."""
    rows = surveys.rows({"improved": 40, "same": 58, "worse": 3, "missing": 30})
    path = measurement(tmp_path, surveys.csv("nr voor na", rows))
    done = sroi("measure", path, "--write", older, "--outcome", "minder-eenzaam", "--yes")
    assert done.code == 0
    assert "measured:" not in older.read_text("utf-8")


def test_the_data_and_the_tables_of_a_pilot(sroi, tmp_path):
    done = sroi("pilot", CITY, "--json", "--csv", tmp_path, "--lang", "en")
    assert done.code == 0
    assert json.loads(done.out)["schema"] == "sroi.pilot/1"
    names = {path.name for path in tmp_path.iterdir()}
    assert names >= {"effects.csv", "first_quarters.csv", "without.csv", "courses.csv"}


def test_scores_that_were_read_are_not_written_over(sroi, tmp_path):
    """Also where they have the name of a table that is made."""
    broken = Path(__file__).parents[1] / "broken" / "pilot"
    pilot = (broken / "pilot-one-scorer.yaml").read_text("utf-8")
    (tmp_path / "p.yaml").write_text(pilot.replace("pilot-one-scorer.csv", "presence.csv"), "utf-8")
    for name, to in (("register.csv", "register.csv"), ("pilot-one-scorer.csv", "presence.csv")):
        (tmp_path / to).write_bytes((broken / name).read_bytes())
    done = sroi("pilot", "p.yaml", "--csv", ".")
    assert (done.code, "output-exists" in done.err) == (2, True)
    scores = (broken / "pilot-one-scorer.csv").read_bytes()
    assert (tmp_path / "presence.csv").read_bytes() == scores
    assert not (tmp_path / "effects.csv").exists()


def test_a_pilot_that_is_not_there_is_said(sroi, tmp_path):
    done = sroi("pilot", tmp_path / "geen.yaml")
    assert done.code == 2
    assert "file-missing" in done.all
