"""A packed download: which tables are in it, each opened where it lies and never unpacked to disk.

It is weighed before anything in it is read: how many parts it has, how large they say they are and
how tightly they are packed. What comes out is counted again, for a size may be a lie.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from sroi.inputs.download.characters import MOST_BYTES, Open, Readable
from sroi.problems import Problem, Unusable

SIGNATURE = b"PK\x03\x04"
PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
MOST_PARTS = 200
MOST_PACKED = 400_000_000
MOST_DIRECTORY = 1_000_000
TIGHTEST = 250  # times smaller than it was; observations of a statistical office come to about 20
SMALL = 10_000_000  # bytes that may be packed as tightly as anyone likes
END, END_LENGTH, LONGEST_REMARK = b"PK\x05\x06", 22, 65_535
Broken = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
)


def is_packed(path: Path) -> bool:
    """Whether a file is an archive, by how it begins."""
    with path.open("rb") as stream:
        return stream.read(len(SIGNATURE)) == SIGNATURE


def tables_in(path: Path) -> dict[str, Open]:
    """The tables (.csv) in an archive by name, without folders. Raises `Unusable`."""
    file = str(path)
    if path.stat().st_size > MOST_PACKED or not _directory_fits(path):
        raise Unusable(Problem("data-too-large", file=file))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except Broken:
        raise Unusable(Problem("data-unreadable", file=file)) from None
    _weigh(parts, file)
    tables = [part for part in parts if part.filename.lower().endswith(".csv")]
    names = [PurePosixPath(part.filename.replace("\\", "/")).name for part in tables]
    if len(set(names)) < len(names):
        raise Unusable(Problem("data-unreadable", file=file))
    return {name: _opener(path, part) for name, part in zip(names, tables, strict=True)}


def is_workbook(path: Path) -> bool:
    """Whether an archive is a workbook: by what it holds, not by what it is called."""
    if not _directory_fits(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except Broken:
        return False


def _weigh(parts: list[zipfile.ZipInfo], file: str) -> None:
    if any(part.compress_type not in PACKED_AS or part.flag_bits & 1 for part in parts):
        raise Unusable(Problem("data-unreadable", file=file))
    tight = any(
        part.file_size > SMALL and part.file_size > TIGHTEST * part.compress_size for part in parts
    )
    if tight:
        raise Unusable(Problem("data-packed-too-tight", file=file))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise Unusable(Problem("data-too-large", file=file))


def _directory_fits(path: Path) -> bool:
    """Whether the list of what is in an archive is no longer than may be, before it is read."""
    with path.open("rb") as stream:
        stream.seek(0, io.SEEK_END)
        size = stream.tell()
        stream.seek(max(0, size - END_LENGTH - LONGEST_REMARK))
        tail = stream.read()
    at = tail.rfind(END)
    return at < 0 or int.from_bytes(tail[at + 12 : at + 16], "little") <= MOST_DIRECTORY


def _opener(path: Path, part: zipfile.ZipInfo) -> Open:
    @contextmanager
    def opened() -> Iterator[Readable]:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
                yield stream
        except Broken:
            raise Unusable(Problem("data-unreadable", file=str(path))) from None

    return opened
