"""Signals that ask a command to stop: each of them as Ctrl-C, and none in the middle of a change.

A terminal that closes (SIGHUP) and a machine that shuts down (SIGTERM) give no time for undoing
unless they are made into an exception.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

STOPS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def as_ctrl_c() -> None:
    """From here on each of them raises `KeyboardInterrupt`; what is ignored on purpose stays so."""
    for one in STOPS:
        if signal.getsignal(one) is signal.SIG_DFL:
            signal.signal(one, _interrupt)


def _interrupt(*_number_and_frame: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def held_back() -> Iterator[None]:
    """What happens in here happens as a whole: a signal is obeyed after it. For short work only."""
    if threading.current_thread() is not threading.main_thread():  # signals go to the main one
        yield
        return
    came: list[int] = []
    before = {
        one: signal.signal(one, lambda number, _: came.append(number))
        for one in STOPS
        if signal.getsignal(one) is not None
    }
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        if came:
            signal.raise_signal(came[0])
