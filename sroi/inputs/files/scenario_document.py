"""A scenario as it was given: as YAML or as a workbook, by the name of its file."""

from __future__ import annotations

from pathlib import Path

from sroi.inputs.text.yaml_text import Document, parse, read
from sroi.inputs.workbook.reading import SUFFIX, parse_workbook, read_workbook


def read_document(path: Path) -> Document:
    """Read the file of a scenario. Raises `Unusable` where there is none in it at all."""
    return read_workbook(path) if is_workbook(path.name) else read(path)


def document_of(content: bytes, file: str) -> Document:
    """The same from the bytes of a file with this name. Raises `Unusable`."""
    return parse_workbook(content, file) if is_workbook(file) else parse(content, file)


def is_workbook(file: str) -> bool:
    """Whether a file is called as a workbook is."""
    return file.lower().endswith(SUFFIX)
