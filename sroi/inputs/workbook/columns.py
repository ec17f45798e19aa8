"""The columns of a block, with their headings, and what a heading stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sroi.inputs.workbook.fields import SIZES, WHY, Field, Kind
from sroi.inputs.workbook.headings import (
    BETWEEN,
    LANGUAGES,
    field_name,
    folded,
    part_name,
)
from sroi.inputs.workbook.layout import Block

FIELD, MAIN, FORM, REST, YEAR = "field", "best", "form", "rest", "year"
OTHER = {"nl": "en", "en": "nl"}
A_YEAR = re.compile(r"(.*[^\d\s]) ?([1-9]\d{0,2})")


@dataclass(frozen=True)
class Column:
    """A column: a key in front (`key`), or a part of a field; in a form of whichever field.

    `part`: `best` is the value itself; `nl` and `en` are a text in the other language.
    """

    key: str = ""
    field: Field | None = None
    part: str = MAIN
    year: int = 0


def columns_of(block: Block, lang: str) -> list[Column]:
    """All columns that a block can have, in their order; those by year are told by `year_columns`.

    `lang`: the language of the workbook, which says in which language a text may stand beside it.
    """
    front = [Column(key) for key in block.keys]
    if block.form:
        parts = [FIELD, *parts_of(Kind.QUANTITY, lang)]
        parts.insert(parts.index(MAIN) + 1, OTHER[lang])
        return [*front, *(Column(part=part) for part in parts)]
    fields = [Column("", f, part) for f in block.fields for part in parts_of(f.kind, lang)]
    return [*front, *fields, *([Column(part=REST)] if block.noun else [])]


def parts_of(kind: Kind, lang: str) -> list[str]:
    """The columns that a field of this kind has in a table."""
    if kind is Kind.TEXT:
        return [MAIN, OTHER[lang]]
    if kind not in (Kind.QUANTITY, Kind.YEARS):
        return [MAIN]
    because, *others = WHY
    return [*SIZES, FORM, because, f"{because} {OTHER[lang]}", *others]


def heading(block: Block, column: Column, lang: str) -> str:
    """What stands above a column."""
    if column.key:
        return field_name(block, column.key, lang)
    if column.field is None:
        sizes = any(field.kind in (Kind.QUANTITY, Kind.YEARS) for field in block.fields)
        return part_name("value" if column.part == MAIN and not sizes else column.part, lang)
    name = field_name(block, column.field.name, lang)
    if column.part == YEAR:
        return BETWEEN.join(filter(None, [name, f"{part_name(YEAR, lang)} {column.year}"]))
    if column.part in OTHER:
        return f"{name} ({part_name(column.part, lang)})"
    if column.field.kind in (Kind.QUANTITY, Kind.YEARS):
        return BETWEEN.join(filter(None, [name, part_name(column.part, lang)]))
    return name or part_name("value", lang)


@cache
def headings(block: Block) -> dict[str, Column]:
    """What each heading stands for, in either language."""
    both = [(column, lang) for lang in LANGUAGES for column in columns_of(block, lang)]
    return {folded(heading(block, column, lang)): column for column, lang in both}


@cache
def _by_year(block: Block) -> dict[str, Field]:
    """The field of each heading by year, without the number of the year."""
    years = [field for field in block.fields if field.kind is Kind.YEARS]
    found = {}
    for field in years:
        for lang in LANGUAGES:
            text = folded(heading(block, Column("", field, YEAR, 1), lang))
            found[text.removesuffix(" 1")] = field
    return found


def column_of(block: Block, text: str) -> Column | None:
    """What a heading stands for; None for a column that is not ours."""
    bare = folded(text)
    if bare in headings(block):
        return headings(block)[bare]
    found = A_YEAR.fullmatch(bare)
    field = _by_year(block).get(found[1]) if found and not block.form else None
    return Column("", field, YEAR, int(found[2])) if field and found else None


@cache
def _form_fields(block: Block) -> dict[str, Field]:
    """The fields of a form by what they are called, in either language or in the file."""
    named = {field.name: field for field in block.fields}
    called = {
        folded(field_name(block, field.name, lang)): field
        for field in block.fields
        for lang in LANGUAGES
    }
    return named | called


def form_field(block: Block, text: str) -> Field:
    """The field that a row of a form is about; what is not known is a key of the file."""
    known = _form_fields(block)
    other = Field(tuple(text.split(".")) if text else (), Kind.OWN)
    return known.get(text) or known.get(folded(text)) or other


def year_columns(field: Field, years: int) -> Iterator[Column]:
    """A column for each year."""
    return (Column("", field, YEAR, year) for year in range(1, years + 1))
