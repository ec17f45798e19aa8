"""The formulas of the calculation workbook, worked out by programs that know nothing of sroi.

    python benchmarks/calculation.py [--changes N] [SCENARIO…]

For every shipped scenario, as it is and after N random changes of yellow cells (20): the workbook
with its stored values taken out, computed by LibreOffice, and each number of its check held against
the engine with the same changes in the scenario. As it is also by `formulas` (pip install formulas)
and HyperFormula (npm install hyperformula), where they are there.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "workbooks")]

import libreoffice  # noqa: E402
from changed_cells import Made, changed, made, some_changes  # noqa: E402

NEAR = 1e-9
WITHOUT = {
    "heupprothese",
    "hiv-combinatietherapie",
    "sick-sicker",
    "sick-sicker-vier-armen",
}  # cohorts have no workbook
Numbers = Mapping[str, Any]


def main() -> None:
    """Every scenario through every program that is there."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--changes", type=int, default=20)
    asked.add_argument("scenarios", nargs="*", type=Path)
    given = asked.parse_args()
    paths = given.scenarios or sorted((ROOT / "scenarios").glob("*.yaml"))
    ones = {path.stem: _made(path) for path in paths if path.stem not in WITHOUT}
    if libreoffice.THERE:
        _by_libreoffice(ones, given.changes)
    else:
        print("LibreOffice is not there")
    for name, one in ones.items():
        for program, work in (("formulas", _formulas), ("hyperformula", _hyperformula)):
            found = work(one)
            if found is None:
                print(f"{name}: {program} is not there")
            else:
                _told(name, program, found, changed(one, {}))


def _made(path: Path) -> Made:
    started = time.perf_counter()
    one = made(path)
    size, took = len(one.file) / 1e6, time.perf_counter() - started
    print(f"{path.stem}: {size:.2f} MB, valued and written in {took:.1f} s")
    return one


def _by_libreoffice(ones: Mapping[str, Made], changes: int) -> None:
    """All of a scenario in one call."""
    for name, one in ones.items():
        places = {cell.path: (cell.sheet, cell.place) for cell in one.yellow}
        sets = [{}, *(some_changes(one, seed) for seed in range(1, changes + 1))]
        files = {
            str(number): libreoffice.without_values(
                one.file, {places[path]: value for path, value in some.items()}
            )
            for number, some in enumerate(sets)
        }
        with tempfile.TemporaryDirectory() as folder:
            books = libreoffice.computed(files, Path(folder))
        for number, some in enumerate(sets):
            found = libreoffice.column(books[str(number)], one.control, 3)
            _told(f"{name} {number}", "LibreOffice", found, changed(one, some), len(some))


def _told(name: str, program: str, ours: Numbers, theirs: Numbers, changes: int = 0) -> None:
    """How far apart, and which keys."""
    apart = {key: _apart(ours.get(key), value) for key, value in theirs.items()}
    wrong = [key for key, far in apart.items() if far > NEAR]
    worst = max(apart.values())
    print(f"{name}: {program}, {changes} changes, {len(apart)} numbers, "
          f"farthest {worst:.1e}, {len(wrong)} beyond {NEAR:g}", *wrong[:5])  # fmt: skip


def _apart(ours: Any, theirs: float | None) -> float:
    if theirs is None:
        return 0.0 if ours in ("", None) else float("inf")
    if not isinstance(ours, int | float):
        return float("inf")
    return abs(ours - theirs) / max(1.0, abs(theirs))


def _formulas(one: Made) -> Numbers | None:
    """By the package `formulas`, which is slow."""
    if importlib.util.find_spec("formulas") is None:
        return None
    import formulas

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(libreoffice.without_values(one.file, {}))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = formulas.ExcelModel().loads(str(path)).finish().calculate()
    cells = {str(key).upper(): value.value[0, 0] for key, value in found.items()
             if hasattr(value, "value")}  # fmt: skip
    place = f"'[BOOK.XLSX]{one.control.upper()}'!"
    keys = libreoffice.keys_of(one.file, one.control)
    return {key: _plain(cells.get(f"{place}C{row}")) for key, row in keys.items()}


def _plain(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return ""


def _hyperformula(one: Made) -> Numbers | None:
    """By HyperFormula, where node finds it."""
    script = Path(__file__).with_name("hyperformula.cjs")
    sheets = json.dumps(libreoffice.cells_of(one.file))
    done = subprocess.run(["node", str(script)], input=sheets, capture_output=True, text=True,
                          check=False)  # fmt: skip
    if done.returncode:
        return None
    column = json.loads(done.stdout)[one.control]
    keys = libreoffice.keys_of(one.file, one.control)
    return {key: column[row - 1] for key, row in keys.items()}


if __name__ == "__main__":
    main()
