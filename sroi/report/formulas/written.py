"""The workbook as a file: every formula with the value that it comes to, and no text that runs.

XlsxWriter, because it stores a value beside a formula; a program that recomputes nothing on opening
shows that value, and one that does replaces it.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

from sroi.report.formulas.cell import Cell, Formula, Span, letters
from sroi.report.formulas.sheet import Chart, Limit, Sheet

PETROL, YELLOW, PALE, GREY, WHITE = "#0B5C71", "#FFF2B3", "#E8F1F3", "#F2F2F2", "#FFFFFF"
EDGE, SOFT = "#D9C79A", "#5A6B70"
NUMBERS = {
    "percent": "0.0#%", "share": "0%;-0%;0%", "number": "#,##0.00", "decimal": "#,##0.00##",
    "years": "0.0", "factor": "0.0000", "whole": "0", "year": "0", "ratio": "0.00",
    "exact": "#,##0.000000", "unknown": '"–"',
}  # fmt: skip
KINDS: dict[str, dict[str, Any]] = {
    "input": {"bg_color": YELLOW, "border": 1, "border_color": EDGE, "locked": False},
    "library": {"bg_color": PALE, "locked": False},
    "idle": {"font_color": SOFT},
    "fixed": {"bg_color": GREY, "font_color": SOFT},
    "total": {"bold": True, "top": 1},
    "head": {"bold": True, "bg_color": PETROL, "font_color": WHITE, "text_wrap": True,
             "valign": "vcenter"},
    "title": {"bold": True, "font_size": 16, "font_color": PETROL},
    "heading": {"bold": True, "font_size": 12, "font_color": PETROL},
    "label": {"text_wrap": True},
    "wrapped": {"text_wrap": True, "font_size": 9, "indent": 1},
    "note": {"font_color": SOFT},
    "path": {"font_color": SOFT, "font_size": 9, "text_wrap": True},
    "verdict": {"bold": True, "font_color": PETROL},
}  # fmt: skip
HEIGHTS, LINE = {"title": 26.0, "heading": 20.0}, 15.0
WRAPS = {"head": 1.1, "label": 1.0, "wrapped": 0.85, "path": 0.8}  # width of a character
WRONG, PAGE = "#FFC7CE", 250  # a page lying down holds so many characters, small
STARTS_A_FORMULA = ("=", "+", "-", "@")
LONGEST = 32_000  # a cell holds 32,767 characters


def written(sheets: Sequence[Sheet], currency: str, title: str, told: str) -> bytes:
    """The file; `title` and `told` go into its properties."""
    import xlsxwriter

    made = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(made, options)
    book.set_properties({"title": title[:255], "comments": told})
    book.set_calc_mode("auto")
    formats: dict[tuple[str, str, bool], Any] = {}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        _framed(page, sheet)
        for cell in sheet.cells:
            _cell(page, cell, _format(book, formats, cell, currency))
        for row, height in _heights(sheet).items():
            page.set_row(row, height)
        for cells in sheet.signals:
            _signal(book, page, cells)
        for limit in sheet.limits:
            _limit(page, limit)
        for chart in sheet.charts:
            _chart(book, page, chart)
    book.close()
    return made.getvalue()


def _cell(page: Any, cell: Cell, look: Any) -> None:
    content = cell.content
    if isinstance(content, Formula):
        page.write_formula(
            cell.row, cell.column, f"={content.text(cell.sheet)}", look, content.value
        )
    elif isinstance(content, str):
        page.write_string(cell.row, cell.column, content[:LONGEST], look)
    else:
        page.write_number(cell.row, cell.column, content, look)


def _format(book: Any, known: dict[tuple[str, str, bool], Any], cell: Cell, currency: str) -> Any:
    """The format of a look, made once; a text that begins as a formula stays text when edited."""
    look = cell.look
    runs = isinstance(cell.content, str) and cell.content.lstrip().startswith(STARTS_A_FORMULA)
    key = (look.number, look.kind, runs)
    if key not in known:
        sign = {"EUR": "€", "GBP": "£", "USD": "$"}.get(currency, currency)
        money = {"euro": "#,##0", "cents": "#,##0.00"}
        shown = dict(NUMBERS)
        shown |= {k: f'"{sign}" {v};[Red]"{sign}" -{v}' for k, v in money.items()}
        own = {"num_format": shown[look.number]} if look.number in shown else {}
        known[key] = book.add_format(
            {"font_name": "Calibri", "font_size": 11, "valign": "top", "quote_prefix": runs}
            | ({"align": "left"} if key[:2] == ("year", "plain") else {})
            | KINDS.get(look.kind, {}) | own
        )  # fmt: skip
    return known[key]


def _framed(page: Any, sheet: Sheet) -> None:
    """Widths, what stays in sight, and A4 lying down with its headings on every page."""
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.set_column(len(sheet.widths), 200, sheet.widths[-1])
    if sheet.frozen != (0, 0):
        page.freeze_panes(*sheet.frozen)
    if sheet.repeated:
        page.repeat_rows(0, sheet.repeated - 1)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    wide = _pages_wide(sheet)
    page.fit_to_pages(wide, 0)
    if wide > 1:
        page.repeat_columns(0, max(0, sheet.frozen[1] - 1))
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer("&L&A&R&P / &N")


def _pages_wide(sheet: Sheet) -> int:
    """Over how many pages beside each other it must go to be read on paper."""
    last = max((cell.column for cell in sheet.cells), default=0)
    more = max(0, last + 1 - len(sheet.widths)) * sheet.widths[-1]
    return math.ceil((sum(sheet.widths[: last + 1]) + more) / PAGE)


def _heights(sheet: Sheet) -> dict[int, float]:
    """How high rows must be for what wraps in them: no program looks at that on opening."""
    found: dict[int, float] = {}
    for cell in sheet.cells:
        height = HEIGHTS.get(cell.look.kind, 0.0)
        if cell.look.kind in WRAPS and isinstance(cell.content, str):
            width = sheet.widths[min(cell.column, len(sheet.widths) - 1)]
            lines = math.ceil(len(cell.content) * WRAPS[cell.look.kind] / width)
            height = LINE * max(1, lines)
        found[cell.row] = max(height, found.get(cell.row, 0.0))
    return {row: min(height, 400.0) for row, height in found.items() if height > LINE}


def _signal(book: Any, page: Any, cells: Span) -> None:
    """What is not 0 stands out."""
    rule = {"type": "cell", "criteria": "!=", "value": 0}
    rule["format"] = book.add_format({"bg_color": WRONG})
    first, last = cells.cells[0], cells.cells[-1]
    page.conditional_format(first.row, first.column, last.row, last.column, rule)


def _limit(page: Any, limit: Limit) -> None:
    """Excel says so when another number is typed."""
    low = -1e15 if limit.low is None else limit.low
    high = 1e15 if limit.high is None else limit.high
    rule = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
    told = limit.told.format(low=_shown(limit.low), high=_shown(limit.high))
    page.data_validation(limit.cell.row, limit.cell.column, limit.cell.row, limit.cell.column,
                         rule | {"error_message": told[:255]})  # fmt: skip


def _shown(end: float | None) -> str:
    return "…" if end is None else f"{end:g}"


def _chart(book: Any, page: Any, chart: Chart) -> None:
    drawn = book.add_chart({"type": chart.kind})
    colours = (PETROL, "#D98E04")
    along = _range(chart.along.cells)
    for name, cells, colour in zip(chart.names, chart.series, colours, strict=False):
        drawn.add_series({"name": name, "categories": along, "values": _range(cells.cells),
                          "fill": {"color": colour}})  # fmt: skip
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
    axis = "x" if chart.kind == "bar" else "y"
    getattr(drawn, f"set_{axis}_axis")({"num_format": "#,##0"})
    drawn.set_legend({"position": "bottom"})
    drawn.set_size({"width": 720, "height": 320})
    page.insert_chart(chart.row, chart.column, drawn)


def _range(cells: Sequence[Cell]) -> str:
    first, last = cells[0], cells[-1]
    ends = [f"${letters(cell.column)}${cell.row + 1}" for cell in (first, last)]
    return f"={first.sheet}!{':'.join(ends)}"
