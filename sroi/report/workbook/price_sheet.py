"""The sheet with the prices of the library, and the lists that are chosen from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sroi.inputs.library.library import Library, Proxy
from sroi.inputs.quantity.quantity import ANY
from sroi.inputs.quantity.written_sizes import sizes_of
from sroi.inputs.workbook.headings import BETWEEN, sheet_name
from sroi.inputs.workbook.layout import PRICE_LIST
from sroi.model.uncertain.distributions import distribution
from sroi.report.price_list.price_list import amount
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words
from sroi.report.workbook.explained import EXPLAINED
from sroi.report.workbook.look import Look

HEADINGS = {
    "choose": 58, "name": 40, "value": 12, "unit": 18, "price_year": 9, "payers": 34, "cash": 9,
    "evidence": 8, "status": 26,
}  # fmt: skip
LISTS = ("payers", "regimes", "series")
FIRST = 3  # the row of the headings, counted from 0


def write_prices(book: Any, library: Library, look: Look, lang: str) -> dict[str, str]:
    """Write the sheet. The cells of each list, as formulas."""
    from xlsxwriter.utility import xl_range_abs

    said, title = Words(lang, EXPLAINED), sheet_name(PRICE_LIST, lang)
    sheet = book.add_worksheet(title)
    sheet.write_string(0, 0, title, look.title(True))
    sheet.write_string(1, 0, said("prices"), look.remark())
    for column, (name, wide) in enumerate(HEADINGS.items()):
        sheet.write_string(FIRST, column, said(f"price_column.{name}"), look.head())
        sheet.set_column(column, column, wide)
    rows = list(_rows(library, lang))
    for number, row in enumerate(rows, FIRST + 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value, look.of(text_wrap=True))
            else:
                euro = {"num_format": "#,##0.00"} if column == list(HEADINGS).index("value") else {}
                sheet.write_number(number, column, value, look.of(**euro))
    found = {"prices": (0, len(rows))}
    found |= _lists(sheet, library, look, lang, len(HEADINGS) + 1)
    sheet.freeze_panes(FIRST + 1, 1)
    sheet.autofilter(FIRST, 0, FIRST + len(rows), len(HEADINGS) - 1)
    sheet.print_area(0, 0, FIRST + len(rows), len(HEADINGS) - 1)
    _on_paper(sheet)
    return {
        name: f"='{title}'!{xl_range_abs(FIRST + 1, column, FIRST + size, column)}"
        for name, (column, size) in found.items()
        if size
    }


def _rows(library: Library, lang: str) -> Iterator[list[str | float]]:
    """A row for each price that may be used."""
    words = Words(lang)
    for proxy in library.proxies.values():
        if proxy.review.status == "withdrawn":
            continue
        numbers = Numbers(lang, proxy.currency)
        named = f"{amount(proxy.value, numbers)}/{proxy.thing}"
        payers = [f"{library.payers[key].name.in_(lang)} {numbers.percent(share)}"
                  for key, share in proxy.payers.items()]  # fmt: skip
        yield [
            BETWEEN.join([proxy.id, proxy.name.in_(lang), named]), proxy.name.in_(lang),
            _size(proxy), proxy.unit, proxy.price_year, numbers.list(payers),
            words(f"cash.{proxy.cash}"), proxy.evidence or "–",
            words(f"review.{proxy.review.status}"),
        ]  # fmt: skip


def _size(proxy: Proxy) -> float:
    return sizes_of(proxy.value).get("value", distribution(proxy.value, ANY).centre)


def _lists(
    sheet: Any, library: Library, look: Look, lang: str, column: int
) -> dict[str, tuple[int, int]]:
    """The other lists, behind the prices: column and length of each."""
    shelves: tuple[Any, ...] = (library.payers, library.regimes, library.indices)
    found = {}
    for at, (name, shelf) in enumerate(zip(LISTS, shelves, strict=True), column):
        sheet.write_string(FIRST, at, Words(lang, EXPLAINED)(f"list.{name}"), look.head())
        sheet.set_column(at, at, 40)
        for number, one in enumerate(shelf.values(), FIRST + 1):
            sheet.write_string(number, at, BETWEEN.join([one.id, one.name.in_(lang)]), look.of())
        found[name] = (at, len(shelf))
    return found


def _on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST)
