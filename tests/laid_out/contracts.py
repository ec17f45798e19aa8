"""A small contract, and what happened in it, read from tables that are written on the spot."""

from functools import cache
from pathlib import Path

from sroi.analysis.follow.followed import Followed, follow
from sroi.inputs.files.scenario_file import Loaded, load
from sroi.inputs.follow.actuals_file import load_actuals
from sroi.inputs.follow.happened import Happened
from sroi.inputs.text.yaml_text import parse
from sroi.problems import Problem, Unusable

FOLDER = Path(__file__).parents[1] / "broken" / "follow"
SHIPPED = Path(__file__).parents[2] / "scenarios" / "gevolgd"


@cache
def contract(*changes: tuple[str, str], draws: int = 4096) -> Loaded:
    """The small contract, with some of its text replaced."""
    text = (FOLDER / "contract.yaml").read_text("utf-8")
    for old, new in (*changes, ("draws: 16384", f"draws: {draws}")):
        assert old in text, old
        text = text.replace(old, new)
    return load(parse(text.encode(), "contract.yaml"))


def happened(folder: Path, loaded: Loaded, *rows: str, until: str = "2025-Q4") -> Happened:
    """Rows in YAML, against a contract."""
    told = "".join(f"  - {{{row}, source: registratie}}\n" for row in rows)
    path = folder / "gebeurd.yaml"
    path.write_text(f"scenario: klein-contract\nuntil: {until}\nrows:\n{told}", "utf-8")
    return load_actuals(path, loaded)


def problems_of(path: Path, loaded: Loaded) -> list[Problem]:
    """All that is said of a table."""
    try:
        return list(load_actuals(path, loaded).problems)
    except Unusable as unusable:
        return list(unusable.problems)


def followed(folder: Path, loaded: Loaded, *rows: str, until: str = "2025-Q4") -> Followed:
    """The same, followed."""
    return follow(happened(folder, loaded, *rows, until=until))
