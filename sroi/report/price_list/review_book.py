"""The price library as a sheet to check: one row for each price, with columns to fill in.

`inputs/review/review.py` reads it back. Text stays text: nothing in it is run as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sroi.inputs.library.library import Library, Proxy, Source
from sroi.inputs.quantity.quantity import ANY
from sroi.inputs.quantity.written_sizes import sizes_of
from sroi.inputs.review.as_exported import Exported
from sroi.inputs.review.review import fingerprint
from sroi.inputs.review.review_sheet import HEADINGS, STARTS_A_FORMULA, VERDICTS
from sroi.model.uncertain.distributions import distribution
from sroi.report.files import files
from sroi.report.files.csv_files import in_bytes, text_of
from sroi.report.price_list.own_price_book import DAY, add_own_prices, own_columns
from sroi.report.price_list.own_price_book import FORMATS as OF_OWN_PRICES
from sroi.report.price_list.price_list import spread
from sroi.report.words.numbers import Numbers
from sroi.report.words.places import place
from sroi.report.words.words import Words, catalogue

# name and width (in characters) of the columns: what is needed to check a price, then what is to
# be filled in, and behind that all else that is known of it
KNOWN = {
    "id": 24, "name": 32, "value": 12, "low": 12, "high": 12, "unit": 14, "price_year": 10,
    "cost_concept": 17, "source": 36, "link": 30, "place": 22, "quote": 44,
}  # fmt: skip
ASKED = {
    "verdict": 13, "value": 12, "low": 12, "high": 12, "place": 26, "reviewer": 20, "on": 12,
    "remark": 44,
}  # fmt: skip
BEHIND = {
    "because": 36, "tariff": 36, "notes": 44, "theme": 18, "payers": 22, "index": 12,
    "evidence": 8, "provenance": 16, "status": 20, "by": 20, "on": 20, "fingerprint": 17,
}  # fmt: skip
FORMATS = {"weighs": "0.0%"} | OF_OWN_PRICES
_AMOUNT = {"type": "decimal", "operator": "between", "formula1": "-1E9", "formula2": "1E9"}
RULES: dict[str, dict[str, Any]] = {"verdict": {"type": "list"}, "on": DAY}
RULES |= dict.fromkeys(("value", "low", "high"), _AMOUNT)
TO_FILL, PETROL, OCHRE, WHITE, LINE = "FFF6E0", "0B5C71", "9A6200", "FFFFFF", "D9C79A"
# without a name each program takes another one
LETTER: dict[str, Any] = {"name": "Calibri", "size": 11}
ROW_HEIGHT, HEAD_HEIGHT = 62, 48

Entries = list[tuple[str, Proxy]]
Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A column: what it is, what it is called, what it means, and how wide it is."""

    name: str
    heading: str
    means: str
    width: int
    asked: bool = False


def review_rows(
    entries: Entries, library: Library, weights: Mapping[str, Mapping[str, float]], lang: str
) -> list[Row]:
    """A row for each price, by heading; `weights`: by scenario the share that rests on a price.

    Prices that weigh most come first; without a scenario they stand in the order of the library.
    Those that were withdrawn stand last: nobody need check them again.
    """
    words = Words(lang)
    columns = list(_columns(weights, words))
    heaviest = {
        proxy.id: max((found.get(proxy.id, 0.0) for found in weights.values()), default=0.0)
        for _, proxy in entries
    }

    def rank(entry: tuple[str, Proxy]) -> tuple[bool, float]:
        return entry[1].review.status == "withdrawn", -heaviest[entry[1].id]

    rows = []
    for theme, proxy in sorted(entries, key=rank):
        told = _told(theme, proxy, library, words)
        told |= {f"weighs {name}": found.get(proxy.id) for name, found in weights.items()}
        rows.append({x.heading: None if x.asked else told[x.name] for x in columns})
    return rows


def as_exported(entries: Entries, library: Library, lang: str) -> Exported:
    """What would go out now, to hold against a sheet that comes back."""
    words, asked = Words(lang), set(ASKED)
    becomes = {
        words(f"review_column.{name}"): HEADINGS[name][lang] for name in KNOWN if name in asked
    }
    return Exported(review_rows(entries, library, {}, lang), becomes)


def _columns(scenarios: Iterable[str], words: Words) -> Iterator[Column]:
    """The columns in their order; what they mean stands in the text catalogue."""
    lang = words.lang
    for name, width in KNOWN.items():
        yield Column(name, _heading(name, words), words(f"review_means.{name}"), width)
        for scenario in scenarios if name == "name" else ():
            heading = words("review_column.weighs", scenario=scenario)
            yield Column(f"weighs {scenario}", heading, words("review_means.weighs"), 13)
    for name, width in ASKED.items():
        yield Column(name, HEADINGS[name][lang], words(f"review_asks.{name}"), width, asked=True)
    for name, width in BEHIND.items():
        yield Column(name, _heading(name, words), words(f"review_means.{name}"), width)


def _heading(name: str, words: Words) -> str:
    """Of a column that is told; two of these are read back, by the name they have there."""
    if name in ("id", "fingerprint"):
        return HEADINGS[name][words.lang]
    return words(f"review_column.{name}")


def _told(theme: str, proxy: Proxy, library: Library, words: Words) -> Row:
    """What the library says of a price, by name of the column."""
    lang, source, review = words.lang, library.sources[proxy.source.key], proxy.review
    sizes = sizes_of(proxy.value) or {"value": distribution(proxy.value, ANY).centre}
    payers = [f"{library.payers[key].name.in_(lang)} {share:.0%}"
              for key, share in proxy.payers.items()]  # fmt: skip
    return {
        "id": proxy.id, "name": proxy.name.in_(lang),
        "theme": library.themes[theme].name.in_(lang), "unit": proxy.unit,
        **{name: sizes.get(name) for name in ("value", "low", "high")},
        "price_year": proxy.price_year, "payers": "; ".join(payers),
        "evidence": proxy.evidence or "–",
        "provenance": words(f"provenance.{proxy.provenance}") if proxy.provenance else "",
        "cost_concept": words(f"cost_concept.{proxy.cost_concept}") if proxy.cost_concept else "",
        "source": source.title, "link": link(source),
        "place": place(proxy.source.place, lang), "quote": proxy.quote, "index": proxy.index,
        "because": proxy.value.because.in_(lang) if proxy.value.because else "",
        "tariff": spread(proxy.tariff, Numbers(lang, proxy.currency), lang) if proxy.tariff else "",
        "notes": proxy.notes.in_(lang) if proxy.notes else "",
        "status": words(f"review.{review.status}"), "by": review.by, "on": review.on,
        "fingerprint": fingerprint(proxy),
    }  # fmt: skip


def link(source: Source) -> str:
    """Where a source can be read, or an empty text."""
    if source.DOI and not source.URL:
        return source.DOI if source.DOI.startswith("http") else f"https://doi.org/{source.DOI}"
    return source.URL


def write_review(
    path: Path, rows: list[Row], scenarios: Iterable[str], lang: str, library: Library | None = None
) -> None:
    """Write the rows as a workbook, or as CSV where the name ends so. Raises `Unusable`.

    `library`: for a workbook that also has a sheet for own prices.
    """
    if path.suffix.lower() == ".csv":
        files.write(path, in_bytes(text_of(rows, lang)))
    else:
        files.write(path, workbook(rows, scenarios, lang, library))


def workbook(
    rows: list[Row], scenarios: Iterable[str], lang: str, library: Library | None = None
) -> bytes:
    """The rows as a workbook, with a second sheet that says what each column is, and with a library
    a third one for own prices."""
    import openpyxl

    words, book = Words(lang), openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = words("review_book.prices")
    columns = list(_columns(scenarios, words))
    for number, column in enumerate(columns, 1):
        _fill(sheet, number, column, [row[column.heading] for row in rows])
        _ask(sheet, number, column, len(rows))
    _frame(sheet, len(columns), len(rows))
    told = [(column.heading, column.means) for column in columns]
    if library is not None:
        told += [("", ""), (words("review_book.own"), words("review_book.own_how"))]
        told += own_columns(words)
    _explain(book.create_sheet(words("review_book.explanation")), told, words)
    if library is not None:
        add_own_prices(book, library, words, _head, _box)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _fill(sheet: Any, number: int, column: Column, values: list[Any]) -> None:
    """One column: its heading, and what stands below it."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    _head(sheet.cell(1, number), column.heading, OCHRE if column.asked else PETROL)
    sheet.column_dimensions[get_column_letter(number)].width = column.width
    for row, value in enumerate(values, 2):
        cell = _put(sheet.cell(row, number), value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.number_format = FORMATS.get(column.name.partition(" ")[0], "General")
        if column.asked:
            _box(cell)
        elif column.name == "link":
            _link(cell)


def _head(cell: Any, text: str, ground: str = OCHRE) -> None:
    """A heading: ochre where something is to be filled in."""
    from openpyxl.styles import Alignment, Font, PatternFill

    head = _text(cell, text)
    head.font = Font(bold=True, color=WHITE, **LETTER)
    head.alignment = Alignment(wrap_text=True, vertical="top")
    head.fill = PatternFill("solid", fgColor=ground)


def _box(cell: Any) -> None:
    """A cell to fill in."""
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    line = Side("thin", LINE)
    cell.fill = PatternFill("solid", fgColor=TO_FILL)
    cell.border = Border(left=line, right=line, top=line, bottom=line)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _ask(sheet: Any, number: int, column: Column, count: int) -> None:
    """A column to fill in takes only what can be read back."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if not column.asked or column.name not in RULES:
        return
    rule = dict(RULES[column.name])
    if column.name == "verdict":
        lang = next(key for key, word in HEADINGS["verdict"].items() if word == column.heading)
        rule["formula1"] = '"' + ",".join(word[lang] for word in VERDICTS.values()) + '"'
    allowed = DataValidation(allow_blank=True, showErrorMessage=True, **rule)
    allowed.error = column.means[:225]
    letter = get_column_letter(number)
    allowed.add(f"{letter}2:{letter}{max(count, 1) + 1}")
    sheet.add_data_validation(allowed)


def _frame(sheet: Any, columns: int, rows: int) -> None:
    """Headings that stay, a filter, and rows in which a quote can be read."""
    from openpyxl.utils import get_column_letter

    sheet.row_dimensions[1].height = HEAD_HEIGHT
    for number in range(2, rows + 2):
        sheet.row_dimensions[number].height = ROW_HEIGHT
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows + 1}"
    _on_paper(sheet)


def _on_paper(sheet: Any) -> None:
    """One page wide and lying down, with the headings on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _put(cell: Any, value: Any) -> Any:
    if isinstance(value, str):
        return _text(cell, value)
    cell.value = value
    return cell


def _text(cell: Any, text: str) -> Any:
    """A text that no spreadsheet takes for a formula, also after somebody edits it."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        cell.data_type = "s"
        cell.quotePrefix = text.lstrip().startswith(STARTS_A_FORMULA)
    return cell


def _link(cell: Any) -> None:
    from openpyxl.styles import Font

    address = str(cell.value or "")
    if address.startswith(("https://", "http://")) and len(address) < 2000:
        cell.hyperlink = address
        cell.font = Font(color=PETROL, underline="single", **LETTER)


def _explain(sheet: Any, told: list[tuple[str, str]], words: Words) -> None:
    """The second sheet: how to go about it, and what every column is."""
    from openpyxl.styles import Alignment, Font

    lines = [(words("review_book.how"), "")]
    steps = catalogue("text", words.lang)["review_steps"]
    lines += [(f"{number}.", step) for number, step in enumerate(steps, 1)]
    lines += [("", ""), (words("review_book.column"), words("review_book.meaning"))]
    lines += told
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = _text(sheet.cell(number, column), text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=column == 1, **LETTER)
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 100
