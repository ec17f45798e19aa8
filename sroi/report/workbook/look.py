"""How a workbook looks: colours, formats of numbers, widths, and the page it is printed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sroi.inputs.workbook.columns import FIELD, FORM, MAIN, OTHER, REST, YEAR, Column
from sroi.inputs.workbook.entries import Entry
from sroi.inputs.workbook.fields import SIZES, Field, Kind

PETROL, LIGHTER, TO_FILL, LINE, GREY = "#0B5C71", "#3C7F90", "#FFF6E0", "#D9C79A", "#5A5A5A"
STARTS_A_FORMULA = ("=", "+", "-", "@")
# amounts of money, by the last key of their field
MONEY = ("per_year", "value", "tariff", "cost", "hourly_rate")
DAY, SHARE, THOUSANDS, EURO = "yyyy-mm-dd", "0.0%", "#,##0", '"€" #,##0'
GROUPED_FROM = 10_000
WIDTHS = {
    Kind.TEXT: 30, Kind.TEXTS: 34, Kind.WORD: 18, Kind.WORDS: 34, Kind.CHOICE: 15,
    Kind.NUMBER: 11, Kind.YES_NO: 9, Kind.DATE: 12, Kind.SHARES: 26, Kind.OWN: 26,
}  # fmt: skip
PARTS = {
    FIELD: 34, MAIN: 11, FORM: 18, "low": 11, "high": 11, "because": 36, "source": 18,
    "evidence": 8, REST: 18, YEAR: 10, **dict.fromkeys(OTHER, 34),
}  # fmt: skip
LINE_HEIGHT, MOST_LINES, TITLE_HEIGHT = 15, 14, 24
KEY_WIDTH, ID_WIDTH, ONCE_WIDTH = 18, 20, 62
# what a page holds at a scale, in characters and as many for each column beside them, as
# LibreOffice has it (Excel puts more on a page); the share that is worth a page of its own
PAGE, BESIDE, SCALE, HALF = 280, 12, 60, 0.55


@dataclass
class Look:
    """The formats of one workbook, each made once."""

    book: Any
    currency: str = "EUR"
    _made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def of(self, **properties: Any) -> Any:
        """A format with these properties."""
        whole = {"font_name": "Calibri", "font_size": 11, "valign": "top"} | properties
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(whole)
        return self._made[key]

    def title(self, first: bool) -> Any:
        """Of the title of a block."""
        return self.of(bold=True, font_size=16 if first else 13, font_color=PETROL)

    def remark(self) -> Any:
        """Of a line of explanation."""
        return self.of(italic=True, font_color=GREY)

    def head(self, second: bool = False) -> Any:
        """Of a heading; fields beside each other differ a little."""
        ground = LIGHTER if second else PETROL
        return self.of(
            bold=True, font_color="#FFFFFF", bg_color=ground, text_wrap=True, border=1,
            border_color=LINE,
        )  # fmt: skip

    def label(self) -> Any:
        """Of what a row of a form is about."""
        return self.of(bold=True, text_wrap=True, border=1, border_color=LINE)

    def cell(self, column: Column, entry: Entry, about: Field | None = None) -> Any:
        """Of a cell to fill in. `about`: the field, in a form."""
        shape = number_format(column, entry, about or column.field, self.currency)
        text = isinstance(entry.value, str) and entry.value.startswith(STARTS_A_FORMULA)
        made: dict[str, Any] = {"num_format": shape} if shape else {}
        made |= {"quote_prefix": True} if text else {}
        if about and not column.key and column.part == MAIN and about.kind is not Kind.QUANTITY:
            made |= {"align": "left"}  # a form has words and numbers below each other
        return self.of(bg_color=TO_FILL, text_wrap=True, border=1, border_color=LINE, **made)


def number_format(column: Column, entry: Entry, about: Field | None, currency: str) -> str:
    """How a number is shown, also in a cell that is still empty."""
    if about and about.kind is Kind.DATE:
        return DAY
    sized = column.part in (*SIZES, YEAR)
    if entry.percent is not None:
        return "0" + ("." + "0" * entry.percent if entry.percent else "") + "%"
    if not (about and sized) or isinstance(entry.value, str):
        return ""
    if entry.value is None:
        return SHARE if about.share else ""
    size = float(entry.value) if isinstance(entry.value, int | float) else 0.0
    if about.key[-1:] and about.key[-1] in MONEY and currency == "EUR":
        return EURO if size.is_integer() else EURO + ".00"
    return THOUSANDS if abs(size) >= GROUPED_FROM and size.is_integer() else ""


def height(texts: list[tuple[str, int]]) -> float | None:
    """How high a row must be for its texts, each with the width of its column; None: as usual.

    Excel fits a row to its text by itself when it opens a file, LibreOffice does not.
    """
    lines = max(
        (sum(max(1, -(-len(part) * 21 // (20 * wide))) for part in text.split("\n"))
         for text, wide in texts),
        default=1,
    )  # fmt: skip
    return LINE_HEIGHT * min(lines, MOST_LINES) if lines > 1 else None


def width(column: Column, once: bool) -> int:
    """How wide a column is, in characters. `once`: of the form of what is said once."""
    if column.key:
        return KEY_WIDTH
    if column.field is None:
        return (
            ONCE_WIDTH if once and column.part in (MAIN, *OTHER) else PARTS[column.part.split()[0]]
        )
    if column.field.kind in (Kind.QUANTITY, Kind.YEARS) or column.part != MAIN:
        return PARTS[column.part.split()[0]]
    return ID_WIDTH if column.field.name == "id" else WIDTHS[column.field.kind]
