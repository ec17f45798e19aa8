"""The bytes of a file that somebody gave, and no more of them than are wanted."""

from __future__ import annotations

from pathlib import Path

from sroi.problems import Problem, Unusable

CODES = {FileNotFoundError: "file-missing", IsADirectoryError: "file-is-folder"}


def content_of(path: Path, most: int) -> bytes:
    """At most one byte more than `most`: whoever gets that many knows that the file is too large.

    Raises `Unusable` where it cannot be opened, or is something that could be read for ever.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise Unusable(Problem("file-is-stream", file=str(path)))
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        code = CODES.get(type(error), "file-unreadable")
        raise Unusable(Problem(code, file=str(path))) from None
