"""A scenario's data as a workbook for people."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sroi.inputs.library.library import Library
from sroi.inputs.workbook.columns import FIELD, Column, form_field, heading
from sroi.inputs.workbook.entries import Entry
from sroi.inputs.workbook.headings import block_title, sheet_name
from sroi.inputs.workbook.laid_out import Row, laid_out
from sroi.problems import Problem, Unusable
from sroi.report.workbook.choices import Choices
from sroi.report.workbook.explained import about_block, about_field, note, write_explanation
from sroi.report.workbook.look import BESIDE, HALF, PAGE, SCALE, TITLE_HEIGHT, Look, height, width
from sroi.report.workbook.places import Placed, placed
from sroi.report.workbook.price_sheet import write_prices
from sroi.report.workbook.shown import shown

LONGEST_CELL = 32_767
FRONT = 2  # columns that stay in sight and are printed on every page
MADE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # the same input gives the same bytes
A4 = 9


@dataclass(frozen=True)
class Made:
    """A workbook, and its cells with a number of more digits than a spreadsheet keeps."""

    content: bytes
    kept_as_text: tuple[str, ...]


def workbook(data: Mapping[str, Any], library: Library, lang: str) -> Made:
    """A workbook of what a scenario file says. `data`: as it was read, text and all.

    Raises `Unusable` where a cell would hold more than it can.
    """
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"created": MADE.replace(tzinfo=None)})
    look = Look(book, _currency(data))
    everything = list(placed(shown(laid_out(data, lang), lang)))
    sheets = {name: book.add_worksheet(sheet_name(name, lang))
              for name in dict.fromkeys(one.sheet for one in everything)}  # fmt: skip
    write_explanation(book, everything, look, lang)
    lists = write_prices(book, library, look, lang)
    writer = _Writer(look, Choices(everything, lists, lang), lang)
    for name, sheet in sheets.items():
        writer.sheet(sheet, [one for one in everything if one.sheet == name])
    book.close()
    return Made(made.getvalue(), tuple(writer.kept))


def _currency(data: Mapping[str, Any]) -> str:
    basis = data.get("basis")
    return str(basis.get("currency", "EUR")) if isinstance(basis, Mapping) else "EUR"


class _Writer:
    """Writes blocks; `kept`: the cells of numbers that are kept as text."""

    def __init__(self, look: Look, choices: Choices, lang: str) -> None:
        self.look, self.choices, self.lang = look, choices, lang
        self.kept: list[str] = []

    def sheet(self, sheet: Any, blocks: list[Placed]) -> None:
        """One sheet with its blocks."""
        widths = _widths(blocks)
        for one in blocks:
            self._block(sheet, one, widths)
        self._columns(sheet, blocks, widths)

    def _block(self, sheet: Any, one: Placed, widths: list[int]) -> None:
        block = one.laid.block
        first = one.top == 0
        sheet.set_row(one.top, TITLE_HEIGHT if first else None)
        sheet.write_string(one.top, 0, block_title(block, self.lang), self.look.title(first))
        if told := about_block(block, self.lang):
            sheet.write_string(one.top + 1, 0, told, self.look.remark())
        fields = list(dict.fromkeys(column.field for column in one.laid.columns))
        for at, column in enumerate(one.laid.columns):
            second = fields.index(column.field) % 2 == 1
            name = heading(block, column, self.lang)
            sheet.write_string(one.head, at, name, self.look.head(second))
            if told := note(block, column, self.lang):
                sheet.write_comment(one.head, at, told, _note_size(told))
            if not block.form and (rule := self.choices.rule(block, column)):
                sheet.data_validation(one.first, at, one.first + one.rows - 1, at, rule)
        heads = [heading(block, column, self.lang) for column in one.laid.columns]
        sheet.set_row(one.head, height(list(zip(heads, widths, strict=False))))
        for number in range(one.rows):
            row = one.laid.rows[number] if number < len(one.laid.rows) else {}
            texts = [(str(row[column].value), wide)
                     for column, wide in zip(one.laid.columns, widths, strict=False)
                     if column in row and isinstance(row[column].value, str)]  # fmt: skip
            sheet.set_row(one.first + number, height(texts))
            self._row(sheet, one, one.first + number, row)

    def _row(self, sheet: Any, one: Placed, number: int, row: Row) -> None:
        block = one.laid.block
        label = str(row[Column(part=FIELD)].value) if block.form else ""
        about = form_field(block, label) if block.form else None
        for at, column in enumerate(one.laid.columns):
            entry = row.get(column, Entry())
            if column.part == FIELD and not column.key:
                sheet.write_string(number, at, label, self.look.label())
                if about and (told := about_field(block, about, self.lang)):
                    sheet.write_comment(number, at, told, _note_size(told))
                continue
            self._cell(sheet, (number, at), entry, self.look.cell(column, entry, about))
            if about and (rule := self.choices.rule(block, column, about)):
                sheet.data_validation(number, at, number, at, rule)

    def _cell(self, sheet: Any, place: tuple[int, int], entry: Entry, look: Any) -> None:
        """One value; a text stays a text, whatever it begins with."""
        if entry.kept_as_text:
            self.kept.append(_address(sheet, place))
        if entry.value is None:
            sheet.write_blank(*place, None, look)
        elif isinstance(entry.value, str):
            if len(entry.value) > LONGEST_CELL:
                facts = {"cell": _address(sheet, place), "most": LONGEST_CELL}
                raise Unusable(Problem("workbook-cell-full", facts=facts))
            sheet.write_string(*place, entry.value, look)
        elif isinstance(entry.value, datetime.date):
            sheet.write_datetime(*place, entry.value, look)
        else:
            sheet.write_number(*place, entry.value, look)

    def _columns(self, sheet: Any, blocks: list[Placed], widths: list[int]) -> None:
        """Widths, what stays in sight, and how it is printed."""
        once = _is_once(blocks)
        for at, wide in enumerate(widths):
            sheet.set_column(at, at, wide)
        alone = len(blocks) == 1
        sheet.freeze_panes(blocks[0].first if alone else 0, 1 if once else FRONT)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.set_footer("&L&F · &A&R&P / &N")
        if alone:
            sheet.repeat_rows(blocks[0].head)
        if sum(widths) + BESIDE * len(widths) <= PAGE:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.repeat_columns(0, FRONT - 1)
            sheet.set_print_scale(SCALE)
            sheet.set_v_pagebreaks(_breaks(widths, [one.laid.columns for one in blocks]))


def _is_once(blocks: list[Placed]) -> bool:
    return blocks[0].laid.block.name == "scenario"


def _widths(blocks: list[Placed]) -> list[int]:
    """How wide each column of a sheet is, for the widest of its blocks."""
    columns = [one.laid.columns for one in blocks]
    return [
        max(width(some[at], _is_once(blocks)) for some in columns if at < len(some))
        for at in range(max(map(len, columns)))
    ]


def _breaks(widths: list[int], columns: list[list[Column]]) -> list[int]:
    """The columns before which a page ends: where a field begins if that leaves a page half full,
    else where it is full."""
    longest = max(columns, key=len)
    widths = [wide + BESIDE for wide in widths]
    front = sum(widths[:FRONT])
    breaks, used, start = [], front, FRONT
    for at in range(FRONT, len(longest)):
        if longest[at].field != longest[at - 1].field:
            start = at
        if used + widths[at] > PAGE:
            fresh = front + sum(widths[start:at])
            whole = used - (fresh - front) > PAGE * HALF
            breaks.append(start if whole else at)
            used = fresh if whole else front
        used += widths[at]
    return breaks


def _address(sheet: Any, place: tuple[int, int]) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return f"{sheet.get_name()}!{xl_rowcol_to_cell(*place)}"


def _note_size(text: str) -> dict[str, Any]:
    """A note in which its text can be read."""
    return {"x_scale": 2.4, "y_scale": max(0.7, len(text) / 160), "font_size": 10}
