"""What was measured, into a workbook: the scenario that the same edit in YAML gives, and every
part of the file beside it byte for byte."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from workbooks import book_of, saved

from sroi import shipped
from sroi.inputs.files.experience_edit import with_experience
from sroi.inputs.files.rate_edit import MeasuredRate, with_rate
from sroi.inputs.files.scenario_edit import write_edited
from sroi.inputs.files.scenario_file import load
from sroi.inputs.scenario.scenario import Scenario
from sroi.problems import Unusable

OLDER = shipped.folder("scenarios") / "voorbeeldstad-ouderen.yaml"
CODINGS = shipped.folder("scenarios") / "metingen" / "gesprekken.csv"
FOUND = MeasuredRate(
    rate={
        "normal": {"mean": "12.3%", "sd": "4.5%"},
        "because": {"nl": "=Omdat het zo is & blijft.", "en": "Because it is so."},
        "source": "meting-x[x.yaml]", "evidence": "4",
    },
    effect_basis="causal",
    source={"id": "meting-x", "type": "dataset", "title": "Een meting"},
    measured={
        "instrument": "Een lijst", "invited": "60", "improved": "20", "same": "20", "worse": "10",
        "comparison": "group", "source": "meting-x[x.yaml]",
    },
    in_euros=True,
)  # fmt: skip


@pytest.fixture(scope="module", params=["nl", "en"])
def content(request) -> bytes:
    """The scenario as a workbook, with things of one's own and a formula with its result."""
    book = openpyxl.load_workbook(io.BytesIO(book_of(OLDER.read_text("utf-8"), request.param)))
    book.create_sheet("Mijn notities")["A1"] = "iets"
    book.worksheets[1].row_dimensions[4].hidden = True
    return saved(book)


@pytest.fixture
def both(content, tmp_path) -> tuple[Path, Path]:
    """The same scenario as a workbook and as YAML."""
    book, text = tmp_path / "ouderen.xlsx", tmp_path / "ouderen.yaml"
    book.write_bytes(content)
    text.write_bytes(OLDER.read_bytes())
    return book, text


def scenarios(*paths: Path) -> list[Scenario]:
    return [load(path).scenario for path in paths]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("outcome", ["minder-eenzaam", "minder-huisarts"])
def test_a_measured_rate_gives_the_scenario_that_yaml_gives(both, outcome) -> None:
    for path in both:
        write_edited(with_rate(path, outcome, FOUND))
    book, text = scenarios(*both)
    assert book == text
    assert next(o for o in book.outcomes if o.id == outcome).effect_basis == "causal"


def test_only_the_sheets_it_must_change_are_changed(both) -> None:
    edited = with_rate(both[0], "minder-huisarts", FOUND)
    before, after = parts(edited.before), parts(edited.after)
    assert list(before) == list(after)
    changed = [name for name in before if before[name] != after[name]]
    assert len(changed) == 2  # outcomes and sources
    assert all(name.startswith("xl/worksheets/sheet") for name in changed)
    for name in changed:
        for kept in (b"<dataValidations", b"<cols>"):
            tail = before[name].partition(kept)[2][:200]
            assert tail in after[name]


def test_the_cells_are_told_and_nothing_is_a_formula(both) -> None:
    edited = with_rate(both[0], "minder-huisarts", FOUND)
    assert any("normal: {mean: 12.3%, sd: 4.5%}" in line for line in edited.cells)
    book = openpyxl.load_workbook(io.BytesIO(edited.after))
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet for cell in row}
    assert "f" not in kinds


def test_twice_is_once(both) -> None:
    write_edited(with_rate(both[0], "minder-eenzaam", FOUND))
    again = with_rate(both[0], "minder-eenzaam", FOUND)
    assert again.before == again.after


def test_counted_interviews_give_the_scenario_that_yaml_gives(both) -> None:
    for path in both:
        write_edited(with_experience(path, CODINGS, "Wie wilde.").edited)
    book, text = scenarios(*both)
    assert book == text
    assert book.experience.because.nl == "Wie wilde."
    again = with_experience(both[0], CODINGS, "Wie wilde.")
    assert again.edited.before == again.edited.after


def test_counted_interviews_are_added_where_there_were_none(tmp_path) -> None:
    whole = OLDER.read_text("utf-8")
    start, end = whole.index("\nexperience:"), whole.index("\n# Wat dit werk laat werken")
    bare = whole[:start] + whole[end:]
    book, text = tmp_path / "a.xlsx", tmp_path / "a.yaml"
    book.write_bytes(book_of(bare))
    text.write_text(bare, "utf-8")
    for path in (book, text):
        write_edited(with_experience(path, CODINGS, "Wie wilde.").edited)
    first, second = scenarios(book, text)
    assert first == second


def test_an_open_or_changed_workbook_is_left_alone(both, tmp_path) -> None:
    edited = with_rate(both[0], "minder-eenzaam", FOUND)
    lock = tmp_path / "~$ouderen.xlsx"
    lock.write_bytes(b"iemand")
    with pytest.raises(Unusable) as stopped:
        write_edited(edited)
    assert [p.code for p in stopped.value.problems] == ["workbook-open-unwritten"]
    lock.unlink()
    both[0].write_bytes(edited.before + b"\0")
    with pytest.raises(Unusable) as stopped:
        write_edited(edited)
    assert [p.code for p in stopped.value.problems] == ["measure-file-changed"]
    assert both[0].read_bytes() == edited.before + b"\0"


def test_a_workbook_without_the_sheet_for_sources_is_left_alone(both) -> None:
    book = openpyxl.load_workbook(both[0])
    del book[
        next(name for name in book.sheetnames if name in ("Gesprekken", "Varianten", "Variants"))
    ]
    for name in ("Bronnen", "Sources"):
        if name in book.sheetnames:
            del book[name]
    book.save(both[0])
    before = both[0].read_bytes()
    with pytest.raises(Unusable):
        with_rate(both[0], "minder-eenzaam", FOUND)
    assert both[0].read_bytes() == before
