"""Writing: a file is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sroi.problems import Problem, Unusable


def write(path: Path, content: bytes | str) -> None:
    """Write a file by way of a temporary one beside it. Raises `Unusable`, leaves nothing."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _as_others(Path(temporary))
        Path(temporary).replace(path)
    except OSError as error:
        facts = {"path": str(path), "reason": error.strerror or type(error).__name__}
        raise Unusable(Problem("output-unwritable", file=str(path), facts=facts)) from None
    finally:  # also when somebody presses Ctrl-C
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _as_others(path: Path) -> None:
    """The rights that a new file would have; a temporary one is for its owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def folder(path: Path) -> None:
    """Make a folder, and those above it. Raises `Unusable`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        facts = {"path": str(path), "reason": error.strerror or type(error).__name__}
        raise Unusable(Problem("output-unwritable", file=str(path), facts=facts)) from None
