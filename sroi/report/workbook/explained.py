"""What every sheet and column is for: as notes on the headings, and on a sheet to print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sroi.inputs.workbook.columns import FIELD, MAIN, Column, heading
from sroi.inputs.workbook.fields import Field
from sroi.inputs.workbook.headings import block_title, field_name, sheet_name
from sroi.inputs.workbook.layout import EXPLANATION, Block
from sroi.report.words.words import Words, catalogue
from sroi.report.workbook.look import Look
from sroi.report.workbook.places import Placed

EXPLAINED = "new/workbook"  # the catalogue of all explanation
WIDTHS = (22, 34, 100)


def about_block(block: Block, lang: str) -> str:
    """What a block is for, in a sentence or two; or nothing."""
    return str(_told(lang)["blocks"].get(block.name, ""))


def about_field(block: Block, field: Field, lang: str) -> str:
    """What a field asks for; or nothing where its name says it."""
    known = _told(lang)["fields"]
    return str(known.get(f"{block.name}.{field.name}", known.get(field.name, "")))


def note(block: Block, column: Column, lang: str) -> str:
    """What stands in the note on a heading; or nothing."""
    parts = _told(lang)["parts"]
    if column.field and column.part == MAIN:
        return about_field(block, column.field, lang)
    return str(parts.get(column.part, "")) if column.part != FIELD else ""


def _told(lang: str) -> Any:
    return catalogue(EXPLAINED, lang)


def write_explanation(book: Any, everything: list[Placed], look: Look, lang: str) -> None:
    """The sheet that says how it goes, and what everything is."""
    said = Words(lang, EXPLAINED)
    sheet = book.add_worksheet(sheet_name(EXPLANATION, lang))
    for column, wide in enumerate(WIDTHS):
        sheet.set_column(column, column, wide)
    sheet.write_string(0, 0, said("how"), look.title(True))
    steps = _told(lang)["steps"]
    for row, step in enumerate(steps, 1):
        sheet.write_string(row, 0, f"{row}.", look.of())
        sheet.write_string(row, 2, step, look.of(text_wrap=True))
    head = len(steps) + 2
    for column, name in enumerate(("block", "field", "means")):
        sheet.write_string(head, column, said(name), look.head())
    for row, line in enumerate(_lines(everything, lang), head + 1):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, look.of(text_wrap=True, bold=column == 0))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)


def _lines(everything: list[Placed], lang: str) -> Iterator[tuple[str, str, str]]:
    """A line for each block and for each of its fields."""
    for one in everything:
        block = one.laid.block
        yield block_title(block, lang), "", about_block(block, lang)
        for field in dict.fromkeys(_fields(one)):
            name = field_name(block, field.name, lang) or heading(block, Column("", field), lang)
            if told := about_field(block, field, lang):
                yield "", name, told


def _fields(one: Placed) -> Iterator[Field]:
    if one.laid.block.form:
        yield from one.laid.block.fields
    yield from (column.field for column in one.laid.columns if column.field)
