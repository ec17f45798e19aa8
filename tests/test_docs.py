"""The documents do not drift: their examples are read, and their commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import gallery
import pytest
import yaml
from quick_yaml import BaseLoader

from sroi.analysis.valuation.valuation import break_evens_of, value
from sroi.inputs.files.scenario_file import check_file, load
from sroi.inputs.quantity.quantity import Quantity
from sroi.problems import errors
from sroi.report.html.start import new_scenario
from sroi.report.told.told import told

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "handleiding.md"
METHOD = ROOT / "docs" / "method.md"
COMMANDS = {
    "follow",
    "check", "run", "report", "verify", "sensitivity", "compare", "proxies", "new", "schema",
    "explain", "measure", "pilot", "experience", "portfolio", "convert", "data",
}  # fmt: skip


def blocks(document: Path) -> list[str]:
    """The YAML examples of a document."""
    return re.findall(r"```yaml\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL)


def parts(block: str) -> dict[str, str]:
    """The text of every top-level key of a scenario."""
    found: dict[str, str] = {}
    key = ""
    for line in block.splitlines(keepends=True):
        head = re.match(r"([a-z_]+):", line)
        key = head[1] if head else key
        found[key] = found.get(key, "") + line
    return found


@pytest.mark.parametrize("document", [GUIDE, METHOD], ids=lambda path: path.stem)
def test_every_yaml_example_is_a_scenario_without_errors(document: Path, tmp_path: Path) -> None:
    """The first example of a document is whole; each of the others replaces parts of it."""
    whole = parts(blocks(document)[0])
    for number, block in enumerate(blocks(document)):
        file = tmp_path / f"{number}.yaml"
        file.write_text("".join((whole | parts(block)).values()), encoding="utf-8")
        assert errors(check_file(file)) == [], block


@pytest.mark.parametrize(
    ("document", "scenario"),
    [
        (ROOT / "README.md", ROOT / "scenarios" / "voorbeeldstad-ouderen.yaml"),
        (GUIDE, "gezond-en-gelukkig-oud"),
    ],
    ids=["readme", "guide"],
)
def test_where_the_answer_turns_is_where_the_text_says(
    document: Path, scenario: Path | str, tmp_path: Path
) -> None:
    """Days of delay below which it does not pay, and the chance of that, as the command tells."""
    if isinstance(scenario, str):
        file = tmp_path / "langer-thuis.yaml"
        file.write_text(new_scenario("langer-thuis", scenario, 2027, "nl"), encoding="utf-8")
        scenario = file
    shown = told(value(load(scenario).with_draws(256, None)), "nl")
    found = break_evens_of(shown.valuation.loaded, shown.valuation.model)
    (days,) = (one for one in found if one.path == "quantities.uitsteldagen")
    assert days.value is not None
    assert days.wrong is not None
    text = " ".join(document.read_text(encoding="utf-8").split())
    assert re.search(rf"\b{shown.rough(days.path, days.value)} dagen\b", text)
    assert re.search(rf"\b{shown.numbers.chance(days.wrong)}[:;]", text)


def test_every_quantity_in_the_guide_can_be_read() -> None:
    """A range written in running text is one that the reader takes."""
    text = GUIDE.read_text(encoding="utf-8")
    forms = re.findall(r"`(\{(?:low|uniform|beta|normal|lognormal|gamma)[^`…]*\})`", text)
    assert forms
    for form in forms:
        assert Quantity.model_validate(yaml.load(form, Loader=BaseLoader)), form


@pytest.mark.parametrize("name", ["README.md", "docs/handleiding.md", "docs/method.md"])
def test_every_command_in_the_documents_exists(name: str) -> None:
    """`sroi …` at the start of a line or in code names a command that there is."""
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)sroi ([a-z]+)", text, re.MULTILINE))
    assert named
    assert named <= COMMANDS


def test_every_command_stands_in_the_readme_and_the_guide() -> None:
    """Nobody has to guess a command."""
    for path in (ROOT / "README.md", GUIDE):
        text = path.read_text(encoding="utf-8")
        assert all(f"sroi {command}" in text for command in COMMANDS), path


def test_the_gallery_shows_what_sroi_says_today() -> None:
    """`docs/meldingen.md` is made of real findings; `tests/invented/gallery.py` makes it anew."""
    assert gallery.PAGE.read_text(encoding="utf-8") == gallery.page()


def test_every_file_that_the_architecture_names_is_there() -> None:
    """A path in the page that new people read first leads somewhere."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:inputs|model|analysis|report|sroi|tests)/[\w/.]+)`", text))
    assert len(named) > 25
    here = (ROOT, ROOT / "sroi")
    assert [path for path in named if not any((folder / path).exists() for folder in here)] == []


def test_the_architecture_names_every_room() -> None:
    """No room is left out of the list."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for floor in ("inputs", "model", "analysis", "report"):
        told = text.partition(f"- **{floor}** — ")[2].partition("\n- **")[0].partition("\n\n")[0]
        rooms = {init.parent.name for init in (ROOT / "sroi" / floor).glob("*/__init__.py")}
        assert set(re.findall(r"`([a-z_]+)`", told)) == rooms
