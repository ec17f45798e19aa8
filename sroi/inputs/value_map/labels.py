"""What stands in a Value Map outside its rows: a name with what it says beside or below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sroi.inputs.text.cells import Cell, Table
from sroi.inputs.value_map.cell_numbers import Wrong, amount, share
from sroi.inputs.value_map.headings import Heads, words
from sroi.inputs.value_map.value_map import Amount, Told

LABELS = {
    "rate": "discount rate / discontovoet / disconteringsvoet / rentevoet",
    "present": "total present value / total present value pv / total pv / present value total / "
    "totale contante waarde / totaal contante waarde / contante waarde totaal",
    "organisation": "organisation / organization / organisatie / name of organisation / "
    "naam organisatie / naam van de organisatie",
    "activity": "activity / name of activity / project / programme / activiteit / programma",
    "period": "time period / period / year / periode / tijdvak / jaar",
    "kind": "forecast or evaluation / forecast or evaluative / prognose of evaluatie",
}
ANYWHERE = ("rate", "present")
KNOWN = {words(name): label for label, names in LABELS.items() for name in names.split("/")}
TOTAL = {"total", "totals", "totaal", "totalen", "grand total", "eindtotaal", "sum", "som"}
PART = {"subtotal", "subtotaal", "sub total"}
SUMMARY = (
    "present value", "total present value", "net present value", "social return", "sroi",
    "discount rate", "contante waarde", "totale contante waarde", "netto contante waarde",
    "discontovoet", "disconteringsvoet", "saldo", "ratio", "verhouding",
)  # fmt: skip
HIGHEST_RATE = 0.5
FOUR_DIGITS = re.compile(r"(?<!\d)(?:199\d|20\d\d)(?!\d)")
SIGNS = {"€": "EUR", "EUR": "EUR", "euro": "EUR", "£": "GBP", "GBP": "GBP"}


def is_total(row: list[Cell]) -> bool:
    """Whether a row adds up others: it begins with that word."""
    return _begins(row) in TOTAL | PART


def is_part(row: list[Cell]) -> bool:
    """Whether it adds up only some of them."""
    return _begins(row) in PART


def _begins(row: list[Cell]) -> str:
    return next((words(cell.text) for cell in row if cell.text), "")


def is_summary(row: list[Cell]) -> bool:
    """Whether a row says what all others come to."""
    told = [words(cell.text) for cell in row if isinstance(cell.value, str)]
    return any(text == sign or text.startswith(sign + " ") for text in told for sign in SUMMARY)


def told_in(table: Table, heads: Heads, wrong: Wrong) -> Told:
    """All that is told: about whom and when above the heads, what it comes to anywhere."""
    found: dict[str, list[Cell]] = {}
    for number, row in enumerate(table):
        for label, cells in _labelled(row, *table[number + 1 : number + 2]):
            if number < heads.first or label in ANYWHERE:
                found.setdefault(label, cells)
    texts = {label: cells[0].text for label, cells in found.items() if cells}
    year = FOUR_DIGITS.search(texts.get("period", ""))
    rate = next(iter(found.get("rate", [])), None)
    said = share(rate, wrong) if rate else None
    if rate and said is not None and said > HIGHEST_RATE:
        wrong("value-map-rate", rate)
    return Told(
        organisation=texts.get("organisation", ""),
        activity=texts.get("activity", ""),
        kind=_kind(texts.get("kind", "")),
        first_year=int(year[0]) if year else None,
        currency=_currency(table[: heads.last + 1]),
        rate=Amount(said, rate) if rate and said is not None else None,
        present=_present(found.get("present", []), wrong),
    )


def _labelled(row: list[Cell], *below: list[Cell]) -> Iterator[tuple[str, list[Cell]]]:
    """Each name in a row, with the cells that may say it: behind it, and then under it."""
    for cell in row:
        label = KNOWN.get(words(cell.text)) if isinstance(cell.value, str) else None
        if label is None:
            continue
        behind = [one for one in row if one.column > cell.column and one.text][:1]
        under = [one for line in below for one in line if one.column == cell.column and one.text]
        yield label, [one for one in [*behind, *under] if words(one.text) not in KNOWN]


def _present(cells: list[Cell], wrong: Wrong) -> Amount | None:
    numbers = [cell for cell in cells if isinstance(cell.value, int | float)]
    value = amount(numbers[0], wrong) if numbers else None
    return None if value is None else Amount(value, numbers[0])


def _kind(text: str) -> str:
    """`forecast` or `evaluation`, where it says one of them."""
    said = words(text)
    forecast = "forecast" in said or "prognose" in said
    evaluation = "evaluati" in said
    if forecast == evaluation:
        return ""
    return "forecast" if forecast else "evaluation"


def _currency(heads: Table) -> str:
    """The one currency that heads name; none where they name none, or two."""
    text = " ".join(cell.text for row in heads for cell in row)
    found = {code for sign, code in SIGNS.items() if sign in text}
    return found.pop() if len(found) == 1 else ""
