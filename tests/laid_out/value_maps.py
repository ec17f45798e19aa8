"""Value Maps for tests, laid out as public texts of the template show it: heads over rows, groups
over columns, a stakeholder once for all its rows, and what the sheet itself reckons behind them.

What is reckoned here is reckoned anew, by the formulas of the Guide and without the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

# stage, head and question of each column, by what it holds
COLUMNS = {
    "stakeholder": ("Stage 1", "Stakeholders", "Who do we have an effect on?"),
    "group": ("", "No in group", ""),
    "inputs": ("Stage 2", "Inputs", "What do they invest?"),
    "input_value": ("", "", "What is the value of the inputs in currency (only enter numbers)"),
    "outputs": ("", "Outputs", "Summary of activity in numbers"),
    "outcome": ("", "The Outcomes (what changes)", "Description"),
    "indicator": ("Stage 3", "", "Indicator"),
    "source": ("", "", "Source"),
    "quantity": ("", "Quantity", "How much change was there?"),
    "duration": ("", "Duration", "How long does it last after end of activity?"),
    "starts": ("", "Outcomes start", "In period of activity (1) or in period after (2)"),
    "proxy": ("", "Financial Proxy", "What proxy would you use to value the change?"),
    "value": ("", "Value in currency", "What is the value of the change? (Only enter numbers)"),
    "proxy_source": ("", "Source", "Where did you get the information from?"),
    "deadweight": ("Stage 4", "Deadweight %", "What would have happened without the activity?"),
    "displacement": ("", "Displacement %", "What activity did you displace?"),
    "attribution": ("", "Attribution %", "Who else contributed to the change?"),
    "drop_off": ("", "Drop off %", "Does the outcome drop off in future years?"),
    "impact": ("", "Impact", "Quantity times financial proxy, less deadweight and so on"),
}
PERCENT = ("deadweight", "displacement", "attribution", "drop_off")
DUTCH = {
    "stakeholder": "Belanghebbenden", "group": "Aantal in groep", "inputs": "Inzet",
    "input_value": "Waarde van de inzet", "outputs": "Prestaties", "outcome": "Uitkomst",
    "indicator": "Indicator", "source": "Bron", "quantity": "Aantal", "duration": "Duur (jaren)",
    "starts": "Begint (1 of 2)", "proxy": "Financiële proxy", "value": "Waarde (€)",
    "proxy_source": "Bron", "deadweight": "Deadweight %", "displacement": "Verdringing %",
    "attribution": "Attributie %", "drop_off": "Afname %", "impact": "Impact",
}  # fmt: skip


@dataclass
class Map:
    """A Value Map to be written. `rows`: what stands in each, by column; `years`: how many columns
    the calculation has; `first`: the number of the first of them.
    """

    rows: list[dict[str, Any]]
    years: int = 5
    first: int = 1
    rate: float = 0.035
    above: Sequence[tuple[str, Any]] = (("Organisation", "Voorbeeld"), ("Time period", 2012))
    columns: Sequence[str] = tuple(COLUMNS)
    heads: dict[str, str] = field(default_factory=dict)  # one row of heads instead of three

    def impact(self, row: dict[str, Any]) -> float:
        """Quantity × value, less what is not ours, one after the other."""
        left = (row.get("quantity") or 0) * (row.get("value") or 0)
        for name in PERCENT[:3]:
            left *= 1 - (row.get(name) or 0)
        return left

    def by_year(self, row: dict[str, Any]) -> list[float]:
        """From the year in which it starts; each year what drops off less than the year before."""
        starts, lasts = row.get("starts") or 1, row.get("duration") or 0
        stays = 1 - (row.get("drop_off") or 0)
        return [
            self.impact(row) * stays ** (year - starts) if starts <= year < starts + lasts else 0.0
            for year in range(1, self.years + 1)
        ]

    @property
    def present(self) -> float:
        """Every year of every row, by the discount rate."""
        return sum(
            amount / (1 + self.rate) ** (self.first + number)
            for row in self.rows
            for number, amount in enumerate(self.by_year(row))
        )

    @property
    def put_in(self) -> float:
        """All inputs; they are not discounted."""
        return sum(row.get("input_value") or 0 for row in self.rows)

    def write(self, path: Path, name: str = "SROI Value Map") -> Path:
        """The workbook."""
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = name
        for number, pair in enumerate(self.above, 1):
            sheet.cell(number, 1, pair[0])
            sheet.cell(number, 2, pair[1])
        at = len(self.above) + 2
        at = self._one_head(sheet, at) if self.heads else self._three_heads(sheet, at)
        self._rows(sheet, at)
        book.save(path)
        return path

    def _one_head(self, sheet: Worksheet, at: int) -> int:
        for column, name in enumerate(self.columns, 1):
            sheet.cell(at, column, self.heads.get(name, name))
        return at + 1

    def _three_heads(self, sheet: Worksheet, at: int) -> int:
        for column, name in enumerate(self.columns, 1):
            for row, text in enumerate(COLUMNS[name]):
                sheet.cell(at + row, column, text or None)
        last = len(self.columns)
        sheet.cell(at, last + 1, "Stage 5")
        sheet.cell(at, last + 2, "Discount rate")
        sheet.cell(at, last + 3, self.rate).number_format = "0.0%"
        for number in range(self.years):
            sheet.cell(at + 1, last + 1 + number, f"Year {self.first + number}")
        self._groups(sheet, at)
        return at + 3

    def _groups(self, sheet: Worksheet, at: int) -> None:
        """A head lies over the columns that are without one of their own, and over no question."""
        names = list(self.columns)
        for group, second in (("inputs", "input_value"), ("outcome", "source")):
            if group in names and second in names and names.index(group) < names.index(second):
                first, last = names.index(group) + 1, names.index(second) + 1
                letters = get_column_letter(first), get_column_letter(last)
                sheet.merge_cells(f"{letters[0]}{at + 1}:{letters[1]}{at + 1}")

    def _rows(self, sheet: Worksheet, at: int) -> None:
        last = len(self.columns)
        for number, row in enumerate(self.rows):
            for column, name in enumerate(self.columns, 1):
                value = self.impact(row) if name == "impact" else row.get(name)
                cell = sheet.cell(at + number, column, value)
                if name in PERCENT:
                    cell.number_format = "0%"
            for year, amount in enumerate(self.by_year(row) if not self.heads else []):
                sheet.cell(at + number, last + 1 + year, amount)
        below = at + len(self.rows)
        sheet.cell(below, 1, "Total")
        if "input_value" in self.columns:
            sheet.cell(below, list(self.columns).index("input_value") + 1, self.put_in)
        if "impact" in self.columns:
            total = sum(map(self.impact, self.rows))
            sheet.cell(below, list(self.columns).index("impact") + 1, total)
        sheet.cell(below + 2, last - 1, "Total Present Value (PV)")
        sheet.cell(below + 2, last + 1, self.present)
        sheet.cell(below + 3, last - 1, "Net Present Value (PV minus the investment)")
        sheet.cell(below + 3, last + 1, self.present - self.put_in)
