"""What all tests share: one thread for small matrices, and charts that were drawn already.

Before numpy is there: small matrices go on one thread. On a machine that does more at a time, as
when tests run side by side, threads that wait for each other cost a hundred times as much.
"""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(scope="session", autouse=True)
def drawn_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The same chart is drawn once in a run, whichever test or worker asks for it.

    Most of the time of a page goes into its charts. A chart is all that its drawing depends on, so
    its bytes are the name under which the drawing is kept; tests of drawing itself call `drawn`.
    """
    from sroi.report.charts import easel

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "charts"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(easel, "_here", _kept_in(folder, easel._here))
        yield


def _kept_in(folder: Path, draw: Callable[[Any], str]) -> Callable[[Any], str]:
    """A drawing that is looked up in a folder, and put there where it is not."""

    def kept(chart: Any) -> str:
        place = folder / hashlib.sha256(pickle.dumps(chart)).hexdigest()
        if not place.exists():
            half = place.with_suffix(f".{os.getpid()}")
            half.write_text(draw(chart), encoding="utf-8")
            half.replace(place)
        return place.read_text("utf-8")

    return kept
