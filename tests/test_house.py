"""How the house is built: who may know of whom, and how large a room may be."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

import sroi

HOUSE = Path(sroi.__file__).parent
FILES = sorted(HOUSE.rglob("*.py"))
FLOORS = {
    "problems": 0,
    "shipped": 0,
    "process": 0,
    "signals": 0,
    "version": 0,
    "inputs": 1,
    "model": 2,
    "analysis": 4,
    "report": 5,
    "cli": 6,
    "__main__": 7,
}
HEAVY = (
    "numpy",
    "scipy",
    "pandas",
    "matplotlib",
    "weasyprint",
    "jinja2",
    "SALib",
    "pydantic",
    "pyreadstat",
    "babel",
)
Function = ast.FunctionDef | ast.AsyncFunctionDef
MOST_FILES = 15
LONGEST_FILE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 400, 40, 10


def name_of(file: Path) -> str:
    """A file as it is called in this house: model/flows/engine.py."""
    return file.relative_to(HOUSE).as_posix()


def own_name(file: Path) -> str:
    """A file as it is imported: sroi.model.flows.engine; a room by the name of its folder."""
    parts = ["sroi", *file.relative_to(HOUSE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text("utf-8"))


def imported(node: ast.AST, file: Path) -> Iterator[str]:
    """Names of all modules that are imported under a node, in functions as well."""
    package = ["sroi", *file.relative_to(HOUSE).parts[:-1]]
    for part in ast.walk(node):
        if isinstance(part, ast.Import):
            yield from (alias.name for alias in part.names)
        elif isinstance(part, ast.ImportFrom):
            above = package[: len(package) - part.level + 1] if part.level else []
            module = ".".join([*above, *([part.module] if part.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in part.names)


def floor(parts: list[str]) -> int:
    """The floor of a module, by the first part of its path below sroi."""
    return FLOORS[parts[0]]


def users(package: str) -> set[str]:
    """Files that import a package."""
    return {
        name_of(file)
        for file in FILES
        if any(name.split(".")[0] == package for name in imported(tree(file), file))
    }


def test_imports_go_down_only() -> None:
    """No file knows of a floor above its own, not even inside a function."""
    assert FILES[0] == HOUSE / "__init__.py"
    for file in FILES[1:]:
        own = floor(list(file.relative_to(HOUSE).with_suffix("").parts))
        for name in imported(tree(file), file):
            first, *below = name.split(".")
            if first == "sroi" and below and below[0] in FLOORS:
                assert floor(below) <= own, (name_of(file), name)
            elif first == "sroi" and below:
                assert below == ["__version__"], (name_of(file), name)


NAMES = {own_name(file): file for file in FILES}


@cache
def arrows() -> dict[str, set[str]]:
    """Which file imports which, also inside a function or only for its types."""
    return {
        name: {found for found in imported(tree(file), file) if found in NAMES} - {name}
        for name, file in NAMES.items()
    }


def circle(arrows: dict[str, set[str]]) -> list[str]:
    """A circle in a graph, or nothing: what is left once all that leads nowhere is taken away."""
    left = dict(arrows)
    while ends := [name for name, to in left.items() if not to & left.keys()]:
        for name in ends:
            del left[name]
    return sorted(left)


def room(name: str) -> str:
    """The room of a file: its floor, and the folder on it."""
    parts = name.split(".")
    return ".".join(parts[: 3 if len(parts) > 3 else 2])


def test_a_circle_is_seen() -> None:
    """The search finds a circle and nothing where there is none."""
    assert circle({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


def test_no_file_is_in_a_circle() -> None:
    """No file needs itself by way of others; the folder by itself (`__init__`) needs nothing."""
    files = {name: to for name, to in arrows().items() if NAMES[name].name != "__init__.py"}
    assert circle(files) == []


def test_no_room_is_in_a_circle() -> None:
    """Rooms have an order too."""
    rooms: dict[str, set[str]] = {}
    for name, to in arrows().items():
        if name.count(".") > 1:
            below = {room(other) for other in to if other.count(".") > 2}
            rooms.setdefault(room(name), set()).update(below - {room(name)})
    assert len(rooms) > 30
    assert circle(rooms) == []


@pytest.mark.parametrize("tree_of", [HOUSE, Path(__file__).parent], ids=["sroi", "tests"])
def test_a_room_can_be_looked_over(tree_of: Path) -> None:
    """At most 15 files stand beside each other, besides the line on what the room is."""
    rooms = {file.parent for file in tree_of.rglob("*.py")}
    counts = {r.name: sum(f.name != "__init__.py" for f in r.glob("*.py")) for r in rooms}
    assert {name: count for name, count in counts.items() if count > MOST_FILES} == {}


def test_the_tests_mirror_the_rooms() -> None:
    """A folder of tests on a floor is called as the room that it is about."""
    here = Path(__file__).parent
    told = {str(f.parent.relative_to(here)) for f in here.rglob("*/*/test_*.py")}
    assert told <= {name_of(file.parent) for file in FILES}


def test_the_front_door_imports_lazily() -> None:
    """`import sroi` by itself loads no other file of the package."""
    code = "import sys, sroi; print(*[m for m in sys.modules if m.startswith('sroi.')])"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HOUSE.parent
    )
    assert loaded.stdout.split() == []


@pytest.mark.parametrize("package", ["weasyprint", "jinja2", "pypdf", "fontTools", "distributed"])
def test_one_file_knows_the_package(package: str) -> None:
    """HTML is made in one place, and so is PDF; in one place a PDF is read, and in one a cluster is
    spoken to."""
    assert len(users(package)) == 1


@pytest.mark.parametrize(
    ("package", "home"),
    [
        ("matplotlib", "report/"),
        ("typer", "cli/"),
        ("click", "cli/"),
        ("pyreadstat", "inputs/text/"),
        ("docx", "report/word/"),
        ("lxml", "report/word/"),
        ("resvg_py", "report/word/"),
    ],
)
def test_a_package_stays_where_it_belongs(package: str, home: str) -> None:
    """Charts in report, commands in cli."""
    assert {name for name in users(package) if not name.startswith(home)} == set()


def test_the_model_opens_no_file() -> None:
    """Numbers only: nothing that could read or write."""
    forbidden = {"open", "Path", "read_text", "read_bytes", "write_text", "write_bytes"}
    readers = {"pathlib", "io", "tempfile", "shutil", "yaml", "json", "csv"}
    for file in sorted((HOUSE / "model").rglob("*.py")):
        names = {node.id for node in ast.walk(tree(file)) if isinstance(node, ast.Name)}
        names |= {node.attr for node in ast.walk(tree(file)) if isinstance(node, ast.Attribute)}
        found = names & forbidden | set(imported(tree(file), file)) & readers
        assert found == set(), name_of(file)


def test_a_file_fits_in_a_head() -> None:
    """At most 400 lines."""
    lines = {name_of(file): len(file.read_text("utf-8").splitlines()) for file in FILES}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def functions(file: Path) -> list[Function]:
    """All functions of a file, nested ones as well."""
    return [node for node in ast.walk(tree(file)) if isinstance(node, Function)]


def length(function: Function) -> int:
    """Lines from def to the end, docstring included."""
    return (function.end_lineno or 0) - function.lineno + 1


def test_a_function_fits_on_a_screen() -> None:
    """At most 40 lines."""
    every = [(name_of(file), f.name, length(f)) for file in FILES for f in functions(file)]
    assert [one for one in every if one[2] > LONGEST_FUNCTION] == []


def test_most_functions_are_short() -> None:
    """The median function is under 10 lines."""
    assert median(length(f) for file in FILES for f in functions(file)) < MEDIAN_FUNCTION


def public(node: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """Public classes and functions, and those within public classes."""
    for part in node.body:
        if isinstance(part, Function | ast.ClassDef) and not part.name.startswith("_"):
            yield part
            if isinstance(part, ast.ClassDef):
                yield from public(part)


def test_what_is_public_says_what_it_is() -> None:
    """Every file, public class and public function has a docstring."""
    for file in FILES:
        assert ast.get_docstring(tree(file)), name_of(file)
        silent = [part.name for part in public(tree(file)) if not ast.get_docstring(part)]
        assert silent == [], name_of(file)


def test_help_is_quick() -> None:
    """`sroi --help` loads nothing heavy."""
    asked = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sroi", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=HOUSE.parent,
    )
    lines = [line for line in asked.stderr.splitlines() if line.startswith("import time:")]
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in lines}
    assert "sroi" in loaded
    assert loaded & set(HEAVY) == set()
