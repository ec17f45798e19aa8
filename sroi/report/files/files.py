"""Writing: a file is there whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sroi.problems import Problem, Unusable


def write(path: Path, content: bytes | str) -> None:
    """Write a file by way of a temporary one beside it. Raises `Unusable`, leaves nothing."""
    with replacing(path) as temporary:
        temporary.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside it, which takes its place when all was written.

    Raises `Unusable`; whatever happens in between leaves nothing.
    """
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        yield Path(temporary)
        with Path(temporary).open("rb+") as stream:
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


def ready(path: Path, *endings: str) -> None:
    """Before long work: that the file can be written, and is of a kind that is made here.

    Raises `Unusable`.
    """
    if path.is_dir():
        facts = {"path": str(path), "reason": os.strerror(errno.EISDIR)}
        raise Unusable(Problem("output-unwritable", file=str(path), facts=facts))
    if path.suffix.lower() not in endings:
        known = ", ".join(endings)
        facts = {"path": str(path), "suffix": path.suffix or path.name, "known": known}
        raise Unusable(Problem("output-kind", file=str(path), facts=facts))
    if not os.access(path.parent, os.W_OK):
        reason = os.strerror(errno.EACCES if path.parent.exists() else errno.ENOENT)
        facts = {"path": str(path), "reason": reason}
        raise Unusable(Problem("output-unwritable", file=str(path), facts=facts))


def folder(path: Path) -> None:
    """Make a folder, and those above it. Raises `Unusable`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        facts = {"path": str(path), "reason": error.strerror or type(error).__name__}
        raise Unusable(Problem("output-unwritable", file=str(path), facts=facts)) from None
