"""A portfolio is read with its table and its scenarios; all that is wrong is told at once."""

import shutil
from pathlib import Path

import pytest

from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio, check_portfolio, load_portfolio
from sroi.problems import Unusable

BROKEN = Path(__file__).parents[2] / "broken" / "portfolio"


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in ("klein.yaml", "later.yaml", "gebieden.csv"):
        shutil.copy(BROKEN / name, tmp_path / name)
    return tmp_path


def written(folder: Path, programmes: str, table: str = "gebieden.csv") -> Path:
    path = folder / "portefeuille.yaml"
    text = f"portfolio: v\ntitle: V\ntable: {table}\nprogrammes:\n{programmes}"
    path.write_text(text, "utf-8")
    return path


def loaded(folder: Path, programmes: str) -> LoadedPortfolio:
    return load_portfolio(written(folder, programmes))


VOLUME = "{scenario: klein.yaml, columns: {ouderen: activities.bezoek.volume}"


def test_every_area_is_a_row_of_every_programme(folder):
    one = loaded(folder, f"  - {VOLUME}}}\n  - {VOLUME}, id: weer, where: {{loopt: JA}}}}\n")
    assert [(row.programme, row.area, row.values) for row in one.rows] == [
        ("klein", "A-stad", {"activities.bezoek.volume": "100"}),
        ("klein", "B-dorp", {"activities.bezoek.volume": "120"}),
        ("weer", "A-stad", {"activities.bezoek.volume": "100"}),
    ]


def test_a_row_is_the_scenario_with_its_values_put_in(folder):
    programme = (one := loaded(folder, f"  - {VOLUME}}}\n")).programmes[0]
    filled = [programme.filled(row, one.library) for row in programme.rows]
    volumes = [each.scenario.activities[0].volume[0].value for each in filled]
    assert volumes == [100, 120]
    assert programme.template.scenario.activities[0].volume[0].value == 50
    # as if somebody had typed it into the file
    text = (folder / "klein.yaml").read_text().replace("volume: 50", "volume: 100")
    (folder / "getypt.yaml").write_text(text)
    typed = loaded(folder, "  - {scenario: getypt.yaml, columns: {}}\n").programmes[0].template
    assert typed.inputs_sha256 == filled[0].inputs_sha256


@pytest.mark.parametrize(
    ("path", "cell", "found"),
    [
        ("activities.bezoek.volume.2027", "7", [50, 7]),
        ("activities.bezoek.volume", "7,5", [7.5]),
        ("activities.bezoek.volume", '"1.234,5"', [1234.5]),
    ],
)
def test_a_path_is_that_of_a_variant(folder, path, cell, found):
    text = (folder / "klein.yaml").read_text().replace("volume: 50", "volume: [50, 60]")
    (folder / "klein.yaml").write_text(text.replace("people: 500", "people: 5000"))
    (folder / "gebieden.csv").write_text(f"gebied;ouderen\nA-stad;{cell}\n")
    one = loaded(folder, f"  - {{scenario: klein.yaml, columns: {{ouderen: {path}}}}}\n")
    filled = one.programmes[0].filled(one.rows[0], one.library)
    assert [size.value for size in filled.scenario.activities[0].volume] == found


def test_a_column_may_fill_several_paths(folder):
    """And a mistake in its cell is told at that cell."""
    both = "[activities.bezoek.volume, target_groups.ouderen.people]"
    one = loaded(folder, f"  - {{scenario: klein.yaml, columns: {{ouderen: {both}}}}}\n")
    filled = one.programmes[0].filled(one.rows[1], one.library).scenario
    assert (filled.activities[0].volume[0].value, filled.target_groups[0].people) == (120, 120)
    (folder / "gebieden.csv").write_text("gebied;ouderen\nA-stad;x\n")
    found = check_portfolio(folder / "portefeuille.yaml")
    assert {problem.facts["cell"] for problem in found} == {"B2"}


def test_more_rows_than_can_be_valued_are_refused(folder, monkeypatch):
    """Before any of them is read as a scenario."""
    monkeypatch.setattr("sroi.inputs.portfolio.portfolio_file.MOST_ROWS", 3)
    programmes = f"  - {VOLUME}}}\n  - {VOLUME}, id: weer}}\n"
    found = check_portfolio(written(folder, programmes))
    assert [(problem.code, problem.line) for problem in found] == [("portfolio-rows-many", 6)]


def test_all_mistakes_are_told_at_once(folder):
    """Of the table, of a scenario and of two rows."""
    (folder / "gebieden.csv").write_text("gebied;ouderen;loopt\nA-stad;-1;ja\nB-dorp;x;nee\n")
    (folder / "later.yaml").write_text("scenario: later\n")
    path = written(folder, f"  - {VOLUME}}}\n  - {{scenario: later.yaml, columns: {{}}}}\n")
    found = check_portfolio(path)
    assert {problem.code for problem in found} == {"portfolio-cell", "field-missing"}
    cells = [p.facts["cell"] for p in found if p.code == "portfolio-cell"]
    assert cells == ["B2", "B3"]
    with pytest.raises(Unusable):
        load_portfolio(path)


def test_what_is_wrong_in_a_scenario_is_told_once(folder):
    (folder / "klein.yaml").write_text("scenario: klein\n")
    once = check_portfolio(written(folder, f"  - {VOLUME}}}\n"))
    twice = check_portfolio(written(folder, f"  - {VOLUME}}}\n  - {VOLUME}, id: weer}}\n"))
    assert [p.facts for p in once] == [p.facts for p in twice]


def test_nothing_outside_the_folder_is_opened(folder, tmp_path_factory):
    """Not by a way up, not by a whole path, and not by a link."""
    outside = tmp_path_factory.mktemp("elders") / "klein.yaml"
    shutil.copy(folder / "klein.yaml", outside)
    (folder / "link.yaml").symlink_to(outside)
    for name in (f"../{outside.parent.name}/klein.yaml", str(outside), "link.yaml"):
        path = written(folder, f"  - {{scenario: {name}, columns: {{}}}}\n")
        assert {problem.code for problem in check_portfolio(path)} == {"portfolio-file-elsewhere"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"PK\0", b"[1, 2]", b"a: [", b"title: a"])
def test_a_file_that_is_no_portfolio(tmp_path, content):
    (tmp_path / "p.yaml").write_bytes(content)
    assert check_portfolio(tmp_path / "p.yaml")


def test_processes_tell_the_same_in_the_same_order(folder, monkeypatch):
    """Of rows that are wrong, rows that are weak and rows that are neither."""
    (folder / "gebieden.csv").write_text(
        "gebied;ouderen;loopt\nA-stad;100;ja\nB-dorp;-4;ja\nC-wijk;veel;ja\nD-oord;90000;ja\n",
        "utf-8",
    )
    path = written(folder, f"  - {VOLUME}}}\n  - {VOLUME}, id: weer}}\n")
    usual = check_portfolio(path)
    assert len(usual) > 3
    monkeypatch.setattr("sroi.inputs.portfolio.portfolio_file.PAYS", 1)
    monkeypatch.setattr("sroi.inputs.portfolio.portfolio_file.AT_ONCE", 1)
    assert repr(check_portfolio(path, workers=2)) == repr(usual)


def test_a_row_leaves_the_file_of_its_programme_as_it_is(folder):
    """What rows do not fill they share."""
    one = loaded(folder, f"  - {VOLUME}}}\n")
    (programme,) = one.programmes
    before, places = repr(programme.document.data), dict(programme.document.values)
    first, second = (programme.filled(row, one.library) for row in programme.rows)
    again = programme.filled(programme.rows[0], one.library)
    assert first.scenario == again.scenario != second.scenario
    assert first.inputs_sha256 == again.inputs_sha256
    assert repr(programme.document.data) == before
    assert programme.document.values == places
