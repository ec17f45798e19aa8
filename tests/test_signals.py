"""Signals that ask to stop, sent at every sync and every rename: all or nothing, and no litter."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sroi.inputs.text.yaml_edit import write_all
from sroi.report.files.files import replacing, write
from sroi.signals import STOPS, as_ctrl_c, held_back

ACTS = ("fsync", "replace", "unlink", "close")
OLD, NEW = b"was: 1\n", b"is: 2\n"


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    """Signals as a command has them, and afterwards as they were."""
    before = {one: signal.signal(one, signal.SIG_DFL) for one in STOPS}  # ignored in a background
    as_ctrl_c()
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


def _sending(one: int, at: int, late: bool, patch: pytest.MonkeyPatch) -> list[str]:
    """From now on the signal comes at that act, before it or after it; which acts there were."""
    acts: list[str] = []

    def around(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def act(*arguments: object, **named: object) -> object:
            acts.append(name)
            now = len(acts) == at
            if now and not late:
                signal.raise_signal(one)
            try:
                return real(*arguments, **named)
            finally:
                if now and late:
                    signal.raise_signal(one)

        return act

    for name in ACTS:
        patch.setattr(os, name, around(name, getattr(os, name)))
    return acts


def _at_every_act(work: Callable[[], None], after: Callable[[], None]) -> int:
    """Do a work again and again, with each signal at each of its acts; how many acts it has."""
    with pytest.MonkeyPatch.context() as patch:
        acts = _sending(STOPS[0], 0, False, patch)
        work()
    for one in STOPS:
        for at in range(1, len(acts) + 1):
            for late in (False, True):
                with pytest.MonkeyPatch.context() as patch:
                    _sending(one, at, late, patch)
                    with pytest.raises(KeyboardInterrupt):
                        work()
                after()
    return len(acts)


def test_several_files_are_replaced_all_or_none(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.yaml" for name in "abc"]

    def work() -> None:
        for path in paths:
            path.write_bytes(OLD)
        write_all({path: (OLD, NEW) for path in paths})

    def whole() -> None:
        assert sorted(tmp_path.iterdir()) == paths, "no temporary file is left"
        assert {path.read_bytes() for path in paths} in ({OLD}, {NEW})

    assert _at_every_act(work, whole) >= 9, "syncs and renames of three files"


def test_one_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"

    def work() -> None:
        path.write_bytes(OLD)
        write(path, NEW)

    def whole() -> None:
        assert list(tmp_path.iterdir()) == [path]
        assert path.read_bytes() in (OLD, NEW)

    assert _at_every_act(work, whole) >= 3


def test_writing_in_parts_may_be_stopped_in_between(tmp_path: Path) -> None:
    def work() -> None:
        with replacing(tmp_path / "draws.csv") as temporary:
            temporary.write_bytes(OLD)
            signal.raise_signal(signal.SIGTERM)
            temporary.write_bytes(NEW)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("one", STOPS)
def test_a_signal_that_is_held_back_comes_once_the_work_is_done(one: int) -> None:
    done: list[str] = []

    def work() -> None:
        with held_back():
            with held_back():
                signal.raise_signal(one)
                done.append("inner")
            done.append("outer")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["inner", "outer"]


def test_what_is_ignored_on_purpose_stays_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        as_ctrl_c()
        with held_back():
            signal.raise_signal(signal.SIGTERM)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_another_thread_is_no_place_for_signals() -> None:
    done: list[bool] = []

    def work() -> None:
        with held_back():
            done.append(True)

    other = threading.Thread(target=work)
    other.start()
    other.join()
    assert done == [True]
