"""A scenario's data as sheets of cells: the reverse of reading, by the same description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sroi.inputs.workbook.columns import (
    FIELD,
    FORM,
    MAIN,
    OTHER,
    REST,
    YEAR,
    Column,
    columns_of,
    year_columns,
)
from sroi.inputs.workbook.entries import Entry, entry, words_of
from sroi.inputs.workbook.fields import SIZES, WHY, Field, Kind
from sroi.inputs.workbook.headings import field_name
from sroi.inputs.workbook.layout import ITEM, KEY, SHEETS, Block

Row = dict[Column, Entry]
Keys = tuple[str, ...]


@dataclass
class Laid:
    """A block with its columns and rows. `years`: how many columns a number by year has."""

    block: Block
    columns: list[Column]
    rows: list[Row] = field(default_factory=list)


def laid_out(data: Mapping[str, Any], lang: str) -> dict[str, list[Laid]]:
    """The blocks of every sheet, in a language. `data`: as a file of text gives it.

    A column that is seldom used and says nothing here is left out by whoever writes it.
    """
    years = _years(data)
    return {
        sheet.name: [_laid(block, data, lang, years) for block in sheet.blocks] for sheet in SHEETS
    }


def row_of(block: Block, item: Mapping[str, Any], lang: str) -> Row:
    """The cells of one item of a table."""
    return _row(block, (), item, lang)


def _years(data: Mapping[str, Any]) -> int:
    """How many columns a number by year has: as many as the scenario has years."""
    basis = data.get("basis")
    said = str(basis.get("years", "")) if isinstance(basis, Mapping) else ""
    return min(int(said), 100) if said.isdecimal() else 0


def _laid(block: Block, data: Mapping[str, Any], lang: str, years: int) -> Laid:
    items = list(_items(data, block.path, ()))
    if block.form:
        rows = [row for keys, item in items for row in _form(block, keys, item, lang)]
    else:
        rows = [_row(block, keys, item, lang) for keys, item in items]
    columns = columns_of(block, lang)
    for one in [f for f in block.fields if f.kind is Kind.YEARS and not block.form]:
        used = [column.year for row in rows for column in row if column.field == one]
        at = columns.index(Column("", one, "high")) + 1
        columns[at:at] = year_columns(one, max([years, *used]))
    return Laid(block, columns, rows)


def _items(data: Any, path: tuple[str, ...], keys: Keys) -> Iterator[tuple[Keys, Any]]:
    """Everything that a block holds, with the names in front of it."""
    if not path:
        yield keys, data
        return
    step, rest = path[0], path[1:]
    if step == ITEM and isinstance(data, list):
        for item in data:
            named = str(item.get("id", "")) if isinstance(item, Mapping) else ""
            yield from _items(item, rest, (*keys, named))
    elif step == KEY and isinstance(data, Mapping):
        if not data and rest:
            return
        for key, inner in data.items():
            if rest == (KEY,) and inner == {}:
                yield (*keys, str(key)), None
            else:
                yield from _items(inner, rest, (*keys, str(key)))
    elif isinstance(data, Mapping) and step in data:
        yield from _items(data[step], rest, keys)


def _row(block: Block, keys: Keys, item: Any, lang: str) -> Row:
    """A row of a table."""
    row: Row = {Column(key): Entry(name) for key, name in zip(block.keys, keys, strict=False)}
    if item is None:
        return row
    if block.noun is None:
        return row | _cells(block, block.fields[0], item, lang)
    left = dict(item)
    for one in block.fields:
        if one.key:
            value = _taken(left, one.key)
        else:
            value = {key: left.pop(key) for key in list(left) if _of_quantity(key)} or None
        if value is not None:
            row |= _cells(block, one, value, lang)
    for key in _own_blocks(block):
        left.pop(key, None)
    if left:
        row[Column(part=REST)] = Entry(words_of(left, outer=True))
    return row


def _of_quantity(key: str) -> bool:
    from sroi.inputs.quantity.quantity import Quantity

    return key in {field.alias or name for name, field in Quantity.model_fields.items()}


def _own_blocks(block: Block) -> set[str]:
    """The keys of what stands in blocks of its own."""
    size = len(block.path)
    below = {one.path for sheet in SHEETS for one in sheet.blocks if one.path[:size] == block.path}
    return {path[size] for path in below if len(path) > size}


def _taken(left: dict[str, Any], key: tuple[str, ...]) -> Any:
    """What stands at a key, taken away; None where there is nothing."""
    first, rest = key[0], key[1:]
    if not rest:
        return left.pop(first, None)
    inner = left.get(first)
    if not isinstance(inner, Mapping):
        return None
    kept = dict(inner)
    found = _taken(kept, rest)
    if kept:
        left[first] = kept
    else:
        left.pop(first)
    return found


def _form(block: Block, keys: Keys, item: Any, lang: str) -> Iterator[Row]:
    """The rows of a form: one for each field that says something, and for each of a list of texts.

    What has no field of its own stands under its key.
    """
    front: Row = {Column(key): Entry(name) for key, name in zip(block.keys, keys, strict=False)}
    left = dict(item) if isinstance(item, Mapping) else {}
    if block.path[-1:] == (ITEM,):
        left.pop("id", None)
    for one in block.fields:
        value = _taken(left, one.key)
        for part in value if one.kind is Kind.TEXTS and isinstance(value, list) else [value]:
            if part is not None:
                label = {Column(part=FIELD): Entry(field_name(block, one.name, lang))}
                cells = _cells(block, one, part, lang)
                yield front | label | {Column(part=c.part): e for c, e in cells.items()}
    for key in _own_blocks(block):
        left.pop(key, None)
    for key, value in left.items():
        shown = {Column(part=FIELD): Entry(key), Column(part=FORM): Entry(words_of(value))}
        yield front | shown


def _cells(block: Block, one: Field, value: Any, lang: str) -> Row:
    """What goes into the cells of a field."""
    if one.kind in (Kind.TEXT, Kind.TEXTS) and not (
        one.kind is Kind.TEXTS and isinstance(value, list)
    ):
        return _text(one, value, lang)
    if one.kind is Kind.YEARS and isinstance(value, list) and not block.form:
        if len(value) != 1 or block.noun is None:
            return _by_year(block, one, value, lang)
        value = value[0]
    if one.kind in (Kind.QUANTITY, Kind.YEARS):
        return _quantity(block, one, value, lang)
    return {Column("", one): _single(block, one, value, lang)}


def _single(block: Block, one: Field, value: Any, lang: str) -> Entry:
    """What goes into the cell of a field that has one."""
    if isinstance(value, str):
        return entry(value, block, one, lang)
    if one.kind is Kind.WORDS and isinstance(value, list) and _plain(value):
        return Entry(", ".join(value))
    if one.whole and isinstance(value, Mapping) and list(value.values()) in (["100%"], ["1"]):
        return Entry(next(iter(value)))
    return Entry(words_of(value, outer=one.kind is Kind.SHARES and bool(value)))


def _plain(words: list[Any]) -> bool:
    """Whether words can be told apart with commas between them."""
    return bool(words) and all(
        isinstance(word, str) and word and not set(word) & set(",\n") for word in words
    )


def _text(one: Field, value: Any, lang: str, part: str = "") -> Row:
    """A text in one language, or in two. `part`: which it is of a quantity."""
    said = value if isinstance(value, Mapping) else {lang: value, OTHER[lang]: value}
    main, other = said.get(lang), said.get(OTHER[lang])
    here = Column("", one, part or MAIN)
    if not (isinstance(main, str) and isinstance(other, str)) or set(said) - set(OTHER):
        return {here: Entry(words_of(value))}
    if main == other and not main.startswith(("{nl:", "{en:")):
        return {here: Entry(main)}
    beside = f"{part} {OTHER[lang]}".strip()
    return {here: Entry(main), Column("", one, beside): Entry(other)}


def _quantity(block: Block, one: Field, value: Any, lang: str) -> Row:
    """A quantity: low, best, high, reason, source and evidence; all else in its own words."""
    if not isinstance(value, Mapping):
        own = not isinstance(value, str)
        made = Entry(words_of(value)) if own else entry(value, block, one, lang)
        return {Column("", one, FORM if own else MAIN): made}
    if one.plain and set(value) == {one.bare}:
        return {Column("", one, FORM): Entry(words_of(value, outer=True))}
    left, row = dict(value), Row()
    ranged = bool({"low", "high"} & set(left))
    for size in SIZES:
        key = size if size != MAIN or ranged else one.bare
        if isinstance(left.get(key), str):
            row[Column("", one, size)] = entry(left.pop(key), block, one, lang)
    because, *others = WHY
    if because in left:
        row |= _text(one, left.pop(because), lang, because)
    for key in others:
        if isinstance(left.get(key), str):
            kind = Kind.NUMBER if key == "evidence" else Kind.WORD
            row[Column("", one, key)] = entry(left.pop(key), block, Field((key,), kind), lang)
    if left:
        row[Column("", one, FORM)] = Entry(
            "\n".join(words_of({k: v}, True) for k, v in left.items())
        )
    return row


def _by_year(block: Block, one: Field, value: list[Any], lang: str) -> Row:
    """A number for each year; a reason that is the same in every year stands once."""
    whys = [{k: v for k, v in year.items() if k in WHY} if isinstance(year, Mapping) else {}
            for year in value]  # fmt: skip
    row = Row()
    bare = [year for year in value if isinstance(year, str) or _is_value(year)]
    if len(bare) == len(value) > 0 and all(why == whys[0] for why in whys) and whys[0]:
        row |= _quantity(block, one, whys[0], lang)
        value = [year["value"] for year in value]
    for number, year in enumerate(value, 1):
        single = isinstance(year, str)
        made = entry(year, block, one, lang) if single else Entry(words_of(year))
        row[Column("", one, YEAR, number)] = made
    return row


def _is_value(year: Any) -> bool:
    return isinstance(year, Mapping) and "value" in year and set(year) <= {"value", *WHY}
