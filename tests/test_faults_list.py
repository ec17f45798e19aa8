"""The list of faults that the tests are tried with: each of them can still be put in."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).parents[1] / "benchmarks" / "faults.py"
FLOORS = {"inputs", "model", "analysis", "report", "cli"}


@pytest.fixture(scope="module")
def faults() -> ModuleType:
    """`benchmarks/faults.py`, which is in no package."""
    spec = importlib.util.spec_from_file_location("faults", FILE)
    assert spec is not None
    assert spec.loader is not None
    sys.modules["faults"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_occurs_exactly_once(faults: ModuleType) -> None:
    """A text that is gone, or stands there twice, would try nothing or something else."""
    assert list(faults.rotten(faults.FAULTS)) == []


def test_a_rotten_fault_is_seen(faults: ModuleType) -> None:
    """So that the test above can fail."""
    kinds = [("cli/app.py", "no such text", "x"), ("cli/app.py", "typer", "x"),
             ("cli/gone.py", "x", "y"), ("cli/app.py", "pretty_exceptions_enable=False",
                                          "pretty_exceptions_enable=False")]  # fmt: skip
    made = [faults.Fault(*kind, "nothing") for kind in kinds]
    assert len(list(faults.rotten(made))) == len(made)


def test_no_floor_is_left_out(faults: ModuleType) -> None:
    """Every floor has some, and every fault has tests that should see it."""
    counts = Counter(fault.file.partition("/")[0] for fault in faults.FAULTS)
    assert set(counts) == FLOORS
    assert min(counts.values()) >= 5
    for fault in faults.FAULTS:
        assert all((FILE.parents[1] / place).exists() for place in fault.named), fault.file
