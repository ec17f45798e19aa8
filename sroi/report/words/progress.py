"""How far the work is, shown while it takes long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(label: str, counted: str = "", count: int = 1) -> Iterator[Callable[[float], object]]:
    """A function that is told what share is done; shown only where a person looks at it.

    `counted`: how so many of the `count` are told, with the time that is left then.
    """
    if not sys.stderr.isatty():
        yield lambda share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn

    columns: list[ProgressColumn] = [
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
    ]
    if counted:
        columns += [TextColumn("{task.fields[told]}", markup=False), TimeRemainingColumn()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=1.0, told=counted.format(done=0, count=count))

        def told_of(share: float) -> None:
            told = counted.format(done=round(share * count), count=count)
            bar.update(task, completed=share, told=told)

        yield told_of
