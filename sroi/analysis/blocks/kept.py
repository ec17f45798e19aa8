"""Finished blocks in a folder, so that work that was stopped goes on where it was.

Each block is a Parquet file: a row for each array of its result, with its name, shape and numbers.
The name of the file says which block of which inputs it is, and what its content must be: a file
that was half written, damaged or made of other inputs is no block of this work, and is not opened.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sroi.problems import Problem, Unusable, reason
from sroi.signals import held_back

Arrays = Mapping[str, NDArray[np.float64]]
SIGN = 24  # characters of a fingerprint in a name
NAMED = re.compile(rf"block-[0-9a-f]{{{SIGN}}}-[0-9a-f]{{{SIGN}}}\.parquet")


@dataclass(frozen=True)
class Kept:
    """The blocks in a folder that were made of the inputs with a fingerprint."""

    folder: Path
    inputs: str

    def get(self, block: str) -> Arrays | None:
        """What came of a block; None where it is not there as it was written."""
        for path in self.folder.glob(f"block-{self._key(block)}-*.parquet"):
            with suppress(OSError):
                if path.name == self._name(block, path):
                    return _read(path, self._told(block))
        return None

    def put(self, block: str, result: Arrays) -> None:
        """Keep what came of a block: the file is there whole or not at all. Raises `Unusable`."""
        temporary = self.folder / f".block-{self._key(block)}.{os.getpid()}"
        try:
            _write(temporary, result, self._told(block))
            with held_back():
                temporary.replace(self.folder / self._name(block, temporary))
        except OSError as error:
            raise _unwritable(self.folder, error) from None
        finally:
            temporary.unlink(missing_ok=True)

    def _told(self, block: str) -> dict[str, str]:
        return {"sroi.inputs": self.inputs, "sroi.block": block}

    def _key(self, block: str) -> str:
        return hashlib.sha256(f"{self.inputs}\n{block}".encode()).hexdigest()[:SIGN]

    def _name(self, block: str, written: Path) -> str:
        """The name of a block that is written so."""
        with written.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        return f"block-{self._key(block)}-{content[:SIGN]}.parquet"


def kept(folder: Path, inputs: str) -> Kept:
    """A folder for blocks, made where there is none. Raises `Unusable` where it holds anything
    else, or where nothing can be written.

    What begins with a dot is looked past: systems put such files everywhere.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(path.name for path in folder.iterdir())
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, "")
    except OSError as error:
        raise _unwritable(folder, error) from None
    others = [name for name in names if not NAMED.fullmatch(name) and name[0] != "."]
    if others:
        facts = {"path": str(folder), "found": others[0][:80]}
        raise Unusable(Problem("keep-folder-other", file=str(folder), facts=facts))
    return Kept(folder, inputs)


def _unwritable(folder: Path, error: OSError) -> Unusable:
    facts = {"path": str(folder), "reason": reason(error.errno)}
    return Unusable(Problem("output-unwritable", file=str(folder), facts=facts))


def _write(path: Path, result: Arrays, told: dict[str, str]) -> None:
    """Arrays as Parquet, with every bit of their numbers."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    shapes = [list(array.shape) for array in result.values()]
    numbers = [np.ascontiguousarray(array).ravel() for array in result.values()]
    columns = {
        "name": pa.array(list(result), pa.string()),
        "shape": pa.array(shapes, pa.list_(pa.int64())),
        "numbers": pa.array(numbers, pa.list_(pa.float64())),
    }
    table = pa.table(columns).replace_schema_metadata(told)
    with path.open("wb") as stream:
        pq.write_table(table, stream, use_dictionary=False, compression="zstd")
        stream.flush()
        os.fsync(stream.fileno())


def _read(path: Path, told: dict[str, str]) -> Arrays | None:
    """The arrays of a file that says of itself what it is told to be."""
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    if table.schema.metadata != {key.encode(): text.encode() for key, text in told.items()}:
        return None
    names, shapes = (table[name].to_pylist() for name in ("name", "shape"))
    return {
        name: cell.values.to_numpy().reshape(shape)
        for name, shape, cell in zip(names, shapes, table["numbers"], strict=True)
    }
