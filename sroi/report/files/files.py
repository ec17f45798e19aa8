"""Writing: a file is there whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sroi.problems import Problem, Unusable, reason
from sroi.signals import held_back


def write(path: Path, content: bytes | str) -> None:
    """Write a file by way of a temporary one beside it. Raises `Unusable`, leaves nothing."""
    with replacing(path) as temporary:
        temporary.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside it, which takes its place when all was written.

    Raises `Unusable`; whatever happens in between leaves nothing. Who writes a file in parts hands
    them on in here, and may be stopped in between; making and moving the file goes as a whole.
    """
    temporary: Path | None = None
    try:
        _refuse_protected(path)
        with held_back():
            temporary = _temporary(path)
        yield temporary
        with held_back():
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())
            _as_others(temporary)
            temporary.replace(path)
    except OSError as error:
        raise unwritable(path, error.errno) from None
    finally:  # also when somebody presses Ctrl-C
        if temporary is not None:
            with held_back():
                temporary.unlink(missing_ok=True)


def _temporary(path: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    return Path(name)


def _refuse_protected(path: Path) -> None:
    """A file that may not be written is not to be replaced by another either."""
    if path.exists() and not (path.stat().st_mode & stat.S_IWRITE and os.access(path, os.W_OK)):
        raise PermissionError(errno.EACCES, "")


def _as_others(path: Path) -> None:
    """The rights that a new file would have; a temporary one is for its owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def ready(path: Path, *endings: str) -> None:
    """Before long work: that the file can be written, and is of a kind that is made here.

    Raises `Unusable`.
    """
    if path.suffix.lower() not in endings and not path.is_dir():
        known = ", ".join(endings)
        facts = {"path": str(path), "suffix": path.suffix or path.name, "known": known}
        raise Unusable(Problem("output-kind", file=str(path), facts=facts))
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        _refuse_protected(path)
        _refuse_closed(path.parent)
    except OSError as error:
        raise unwritable(path, error.errno) from None


def free(path: Path) -> None:
    """That no file stands there already. Raises `Unusable`."""
    if path.exists():
        raise Unusable(Problem("output-exists", file=str(path), facts={"path": str(path)}))


def spared(targets: Iterable[Path], read: Iterable[Path]) -> None:
    """That nothing takes the place of what was read. Raises `Unusable`."""
    kept = {path.resolve() for path in read}
    for target in targets:
        if target.resolve() in kept:
            free(target)


def ready_folder(path: Path) -> None:
    """Before long work: that there is such a folder to write in, or that one can be made.

    Raises `Unusable`.
    """
    there = next((one for one in (path, *path.parents) if one.exists()), path)
    try:
        _refuse_closed(there)
    except OSError as error:
        raise unwritable(path, error.errno) from None


def _refuse_closed(folder: Path) -> None:
    """Raises `OSError` where nothing can be written in a folder."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "")
    if not os.access(folder, os.W_OK):
        raise OSError(errno.EACCES if folder.exists() else errno.ENOENT, "")


def folder(path: Path) -> None:
    """Make a folder, and those above it. Raises `Unusable`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, errno.ENOTDIR if path.exists() else error.errno) from None


def unwritable(path: Path, number: int | None) -> Unusable:
    """That a file cannot be written, and why, by the number that the system gives it."""
    facts = {"path": str(path), "reason": reason(number)}
    return Unusable(Problem("output-unwritable", file=str(path), facts=facts))
