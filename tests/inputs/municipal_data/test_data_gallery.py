"""Every finding of a downloaded table: the smallest file that shows it, and its sentence.

A file in `tests/broken/data/` is a table by itself; what is asked of it stands in `asked.yaml`.
"""

import datetime
import re
import shutil
import zipfile
from pathlib import Path

import pytest
import yaml
from quick_yaml import BaseLoader
from told_problems import catalogue, words_of
from valid_scenario import SCENARIO

from sroi import shipped
from sroi.inputs.files.number_edit import with_number
from sroi.inputs.files.register_edit import with_register
from sroi.inputs.municipal_data.area_tables import area_table
from sroi.inputs.municipal_data.asked import Asked
from sroi.inputs.municipal_data.opened import table_of
from sroi.inputs.municipal_data.overview import Overview, overview
from sroi.inputs.municipal_data.registers import Wanted, registered
from sroi.inputs.municipal_data.taken import divided_by, taken
from sroi.problems import Problem, Unusable
from sroi.report.municipal_data.register_told import in_scenario as ladder_register
from sroi.report.municipal_data.taken_told import in_scenario
from sroi.report.words.problem_text import sentence

LADDER = shipped.folder("scenarios") / "voorbeeldstad-jeugdladder.yaml"
DAY = datetime.date(2026, 11, 29)
FOLDER = Path(__file__).parents[2] / "broken" / "data"
ASKED = yaml.load((FOLDER / "asked.yaml").read_text("utf-8"), Loader=BaseLoader) or {}
STORED = {path.stem: path for path in sorted(FOLDER.glob("data-*.csv"))}
# two tables: in test_registers.py
ELSEWHERE_TOO = {"data-terms-changed"}
# archives, workbooks and large files: made in test_packed.py, test_characters.py and below
ELSEWHERE = {
    "data-too-large", "data-packed-too-tight", "data-archive-tables", "data-active", "data-folder",
}  # fmt: skip


def codes() -> set[str]:
    """Every finding of a table that a source names."""
    return {word for word in words_of("inputs") if re.fullmatch(r"data-[a-z-]+", word)}


def found_in(path: Path, folder: Path | None = None) -> tuple[Problem, ...]:
    """What is said of a file, or of what is asked of it."""
    try:
        found = overview(table_of(path))
        if path.stem in ASKED and folder:
            answer(found, ASKED[path.stem], folder)
    except Unusable as refused:
        return refused.problems[:1]
    return found.table.problems


def answer(found: Overview, wanted: dict, folder: Path) -> None:
    """One number, or what it is asked for: a share, a table of areas, a place in a scenario."""
    measure, period = wanted["measure"], wanted.get("period", "")
    if "tiers" in wanted:
        counts = {"end": measure, "inflow": measure, "outflow": measure}
        made = registered([found], Wanted(wanted["area"], period, wanted["tiers"], counts))
        plan = folder / ("plan.xlsx" if "workbook" in wanted else "plan.yaml")
        shutil.copy(LADDER, plan)
        with_register(plan, wanted["ladder"], ladder_register(made, DAY))
        return
    if "region" in wanted:
        area_table(found, [wanted["region"]], [measure], period, {})
        return
    one = taken(found, wanted["area"], Asked(measure, period, wanted.get("where", {})))
    if "per" in wanted:
        divided_by(one, taken(found, wanted["area"], Asked(wanted["per"], period)))
    if "into" in wanted:
        (folder / "plan.yaml").write_text(SCENARIO)
        with_number(folder / "plan.yaml", wanted["into"], in_scenario(one, DAY))


@pytest.mark.parametrize("code", STORED)
def test_the_file_shows_its_finding_and_nothing_else(code, tmp_path):
    """In a whole sentence of either language."""
    found = found_in(STORED[code], tmp_path)
    assert [problem.code for problem in found] == [code]
    for lang in ("nl", "en"):
        wanted = re.findall(r"(?<!\{)\{(\w+)\}(?!\})", str(catalogue(lang)[code]))
        assert set(wanted) <= set(found[0].facts), code
        assert len(sentence(found[0], lang)) > 20


def test_every_finding_has_a_file():
    assert codes() == set(STORED) | ELSEWHERE | ELSEWHERE_TOO
    assert set(ASKED) <= set(STORED)


def test_an_archive_without_a_table(tmp_path):
    import municipal_tables as tables

    path = tables.in_archive(tmp_path / "a.zip", {"a.csv": "a;b\n", "b.csv": "a;b\n"})
    assert [problem.code for problem in found_in(path)] == ["data-archive-tables"]


def test_a_folder_is_its_observations(tmp_path):
    import municipal_tables as tables

    assert [problem.code for problem in found_in(tmp_path)] == ["data-folder"]
    with zipfile.ZipFile(tables.in_archive(tmp_path / "a.zip", tables.YOUTH)) as archive:
        archive.extractall(tmp_path)
    assert table_of(tmp_path).identifier == "99998NED"
