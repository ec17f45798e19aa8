"""Finished blocks in a folder, so that work that was stopped goes on where it was.

Each block is a Parquet file: a row for each array of its result, with its name, shape and numbers.
The name of the file says which block of which inputs it is, and what its content must be: a file
that was half written, damaged or made of other inputs is no block of this work, and is not opened.
"""

from __future__ import annotations

import hashlib
import io
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
NAMED = re.compile(r"block-[0-9a-f]{24}-[0-9a-f]{24}\.parquet")


@dataclass(frozen=True)
class Kept:
    """The blocks in a folder that were made of the inputs with a fingerprint."""

    folder: Path
    inputs: str

    def get(self, block: str) -> Arrays | None:
        """What came of a block; None where it is not there as it was written."""
        for path in self.folder.glob(f"block-{self._key(block)}-*.parquet"):
            with suppress(OSError):
                content = path.read_bytes()
                if path.name == self._name(block, content):
                    return _read(content, self._told(block))
        return None

    def put(self, block: str, result: Arrays) -> None:
        """Keep what came of a block: the file is there whole or not at all. Raises `Unusable`."""
        content = _written(result, self._told(block))
        try:
            with held_back():
                self._placed(self.folder / self._name(block, content), content)
        except OSError as error:
            raise _unwritable(self.folder, error) from None

    def _told(self, block: str) -> dict[str, str]:
        return {"sroi.inputs": self.inputs, "sroi.block": block}

    def _key(self, block: str) -> str:
        return _sign(f"{self.inputs}\n{block}".encode())

    def _name(self, block: str, content: bytes) -> str:
        return f"block-{self._key(block)}-{_sign(content)}.parquet"

    def _placed(self, path: Path, content: bytes) -> None:
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with temporary.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def kept(folder: Path, inputs: str) -> Kept:
    """A folder for blocks, made where there is none. Raises `Unusable` where it holds anything
    else, or where nothing can be written.

    What begins with a dot is looked past: systems put such files everywhere.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(path.name for path in folder.iterdir())
        if not os.access(folder, os.W_OK):
            raise PermissionError
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


def _sign(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]


def _written(result: Arrays, told: dict[str, str]) -> bytes:
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
    stream = io.BytesIO()
    pq.write_table(table, stream, use_dictionary=False, compression="zstd")
    return stream.getvalue()


def _read(content: bytes, told: dict[str, str]) -> Arrays | None:
    """The arrays of a file that says of itself what it is told to be."""
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(content))
    if table.schema.metadata != {key.encode(): text.encode() for key, text in told.items()}:
        return None
    names, shapes = (table[name].to_pylist() for name in ("name", "shape"))
    return {
        name: cell.values.to_numpy().reshape(shape)
        for name, shape, cell in zip(names, shapes, table["numbers"], strict=True)
    }
