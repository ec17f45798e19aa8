"""What a place in a scenario is called in its workbook: by the heading of its column or row."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.text.yaml_text import Path_
from sroi.inputs.workbook.fields import SIZES, WHY, Field
from sroi.inputs.workbook.headings import (
    BETWEEN,
    block_title,
    choice,
    field_name,
    part_name,
    sheet_name,
)
from sroi.inputs.workbook.layout import ITEM, KEY, Block, Sheet, blocks

PARTS = (*SIZES, *WHY)


def called(path: Path_, lang: str) -> str:
    """The heading of a field, with the part of it; nothing where cells have no name for it."""
    for block, field in _fields(path):
        left = path[len(block.path) + len(field.key) :]
        name = field_name(block, field.name, lang)
        if not left:
            return name or part_name("value", lang)
        if isinstance(left[0], int) and len(left) == 1:
            return BETWEEN.join(filter(None, [name, f"{part_name('year', lang)} {left[0] + 1}"]))
        if left[-1] in (*PARTS, "value"):
            part = part_name("best" if left[-1] == "value" else str(left[-1]), lang)
            return BETWEEN.join(filter(None, [name, part]))
    whole = next((block for _, block in blocks() if block.path and block.path[:1] == path), None)
    return block_title(whole, lang) if whole else ""


def named(key: str, lang: str) -> str:
    """Where a part of a scenario is filled in: its title or heading and the sheet. Of a part of
    each row (`staffing`) the headings; the key itself where cells have no name for it."""
    if whole := called((key,), lang):
        return f"{whole} ({title_of(sheet_of((key,)), lang)})"
    for sheet, block in blocks():
        if inside := [field for field in block.fields if field.key[:1] == (key,)]:
            names = ", ".join(field_name(block, field.name, lang) for field in inside)
            return f"{names} ({title_of(sheet, lang)})"
    return key


def choices_at(path: Path_, words: list[str], lang: str) -> list[str]:
    """The words of a choice as a cell has them."""
    for block, field in _fields(path):
        if field.choices:
            return [choice(block, field, word, lang) for word in words]
    return words


def sheet_of(path: Path_) -> Sheet:
    """The sheet on which a part of a scenario stands."""
    whole = {sheet.name: sheet for sheet, _ in blocks()}
    for sheet, block in blocks():
        if block.path and block.path[:1] == path[:1]:
            return sheet
    return whole["start"]


def title_of(sheet: Sheet, lang: str) -> str:
    """What a sheet is called."""
    return sheet_name(sheet.name, lang)


def _fields(path: Path_) -> Iterator[tuple[Block, Field]]:
    """The fields in which a path lies, of the most particular block first."""
    fitting = [block for _, block in blocks() if _fits(block, path)]
    for block in sorted(fitting, key=lambda block: -len(block.path)):
        left = path[len(block.path) :]
        for field in sorted(block.fields, key=lambda field: -len(field.key)):
            if left[: len(field.key)] == field.key:
                yield block, field


def _fits(block: Block, path: Path_) -> bool:
    """Whether a path lies in a block."""
    steps = list(zip(block.path, path, strict=False))
    return len(steps) == len(block.path) and all(
        isinstance(step, int) if known == ITEM else known in (KEY, step) for known, step in steps
    )
