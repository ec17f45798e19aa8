"""What all tests share: one thread for small matrices, no search for rubbish in vain, and charts
that were drawn already.

Before numpy is there: small matrices go on one thread. On a machine that does more at a time, as
when tests run side by side, threads that wait for each other cost a hundred times as much.

Thousands of tests and the packages that they load stay until the end. A search for what became free
goes through all of that, and cost a fifth of the time; a command sets the same threshold.
"""

import gc
import os
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["SROI_LIBRARY"] = "none"  # whoever runs the tests may have prices of their own
gc.set_threshold(50_000, 20, 100)
# every run has other examples; a slow machine is no fault of what is tested
settings.register_profile(
    "suite", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is there when the tests begin is looked at no more."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """What the renderer leaves among the temporary files when it works in this process."""
    with tempfile.TemporaryDirectory() as own, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", own)
        yield


@pytest.fixture(scope="session", autouse=True)
def drawn_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The same chart is drawn once in a run; tests of drawing itself call `drawn`."""
    from once import FOLDERS, once

    from sroi.report.charts import easel

    base = tmp_path_factory.getbasetemp()
    FOLDERS.append((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "once")
    FOLDERS[-1].mkdir(exist_ok=True)
    draw = easel._here
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(easel, "_here", lambda chart: once(chart, lambda: draw(chart)))
        yield
