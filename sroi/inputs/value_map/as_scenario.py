"""A Value Map as a scenario: what it says goes over with its cell, what it lacks is marked.

A Value Map has one number in a cell, and neither ranges, payers, grades of evidence nor what
happens without the programme. None of that is made up: a text that begins with `Vul aan` or
`Fill in` stands in its place, and `sroi check` counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sroi.inputs.library.library import Payer
from sroi.inputs.quantity.written_sizes import numeral
from sroi.inputs.rules.scenario import RESERVED
from sroi.inputs.text.cells import Cell
from sroi.inputs.text.numerals import LONGEST
from sroi.inputs.value_map.headings import words
from sroi.inputs.value_map.value_map import Amount, Change, Input, ValueMap

Said = Callable[..., dict[str, str]]  # a text by its key, in both languages, with its facts
GUIDE = "sroi-guide-2012"
GUIDE_RATE = 0.035
SOURCE, UNKNOWN = "value-map", "nog-in-te-vullen"
FIELDS = {
    "deadweight": "deadweight", "displacement": "displacement",
    "attribution": "attribution_to_others",
}  # fmt: skip
LONGEST_ID = 40
LONGEST_LIST = 2_000  # characters


@dataclass(frozen=True)
class Known:
    """The payers that are known already, by name as it is compared; and ids that are taken."""

    payers: Mapping[str, str]
    taken: Collection[str]


def known_of(payers: Mapping[str, Payer]) -> Known:
    """The payers of the library: a stakeholder that is called as one of them is that one."""
    names = {words(name): key for key, payer in payers.items()
             for name in (key, payer.name.nl, payer.name.en) if name}  # fmt: skip
    return Known(names, {*payers, *RESERVED})


def id_of(name: str) -> str:
    """A name as an id: lower-case letters, digits and hyphens, and no word cut off at its end."""
    bare = words(name).encode("ascii", "ignore").decode().split()
    whole = "-".join(bare)
    short = whole[: LONGEST_ID + 1].rpartition("-")[0] if len(whole) > LONGEST_ID else whole
    return short or whole[:LONGEST_ID]


@dataclass
class Ids:
    """An id for each name; no two are the same. `taken`: what may not be one."""

    taken: set[str]
    of: dict[object, str] = field(default_factory=dict)

    def id(self, key: object, name: str, otherwise: str) -> str:
        """The id of this key; when it is new, after its name."""
        if key not in self.of:
            bare = id_of(name) or otherwise
            new, number = bare, 1
            while new in self.taken:
                number += 1
                new = f"{bare}-{number}"
            self.taken.add(new)
            self.of[key] = new
        return self.of[key]


class _Writer:
    """One scenario that is being made of a Value Map."""

    def __init__(self, found: ValueMap, first_year: int, known: Known, said: Said) -> None:
        self.found, self.first_year, self.known, self.said = found, first_year, known, said
        self.years = years_of(found)
        self.currency = found.told.currency or "EUR"
        self.stakeholders, self.activities = Ids(set()), Ids(set())
        self.outcomes, self.proxies, self.inputs = Ids(set()), Ids(set()), Ids(set())
        self.payers = Ids({UNKNOWN, *known.taken})
        self.prices: dict[str, dict[str, Any]] = {}
        self.times = [change.outcome for change in found.changes]

    def data(self, key: str) -> dict[str, Any]:
        """The scenario in the words of its file."""
        told, said = self.found.told, self.said
        outcomes = [self._outcome(number, one) for number, one in enumerate(self.found.changes)]
        investment = [self._input(one) for one in self.found.inputs if one.value]
        made = {
            "scenario": key,
            "title": told.activity or said("title"),
            "organisation": told.organisation or said("organisation"),
            "commissioner": said("commissioner"),
            "programme": "anders",
            "kind": told.kind or "forecast",
            "null_alternative": said("null_alternative"),
            "limitations": list(self._limitations()),
            "basis": self._basis(),
            "payers": self._payers(),
            "stakeholders": [{"id": i, "name": n} for n, i in self.stakeholders.of.items()],
            "sources": [self._source()],
            "investment": investment,
            "activities": [self._activity(text, i) for text, i in self.activities.of.items()],
            "outcomes": outcomes,
            "proxies": list(self.prices.values()),
        }
        return {key: part for key, part in made.items() if part != [] or key == "investment"}

    def _basis(self) -> dict[str, Any]:
        return {
            "first_year": str(self.first_year), "years": str(self.years),
            "price_year": str(self.first_year), "currency": self.currency,
            "discounting": discounting_of(self.found),
        }  # fmt: skip

    def _limitations(self) -> Iterable[dict[str, str]]:
        """What is not in a Value Map, or was not taken over."""
        yield self.said("ranges")
        yield self.said("payers")
        yield self.said("evidence")
        if priced := [one for one in self.found.inputs if one.value]:
            cells = (f"{_put(one)}: {self._place(one.cell)}" for one in priced)
            yield self.said("input_kind", what=_list(cells))
        told = self.found.told
        for key, known in (("kind", told.kind), ("currency", told.currency), ("rate", told.rate)):
            if not known:
                yield self.said(key)
        if unpriced := [one for one in self.found.inputs if not one.value]:
            yield self.said("unpriced", what=_list(_put(one) for one in unpriced))
        if self.found.left_out:
            yield self.said("left_out", what=_list(self.found.left_out))

    def _source(self) -> dict[str, str]:
        name, sheet = Path(self.found.file).name, self.found.sheet
        return {"id": SOURCE, "type": "dataset", "title": f"Value Map ({name}, {sheet})"}

    def _payers(self) -> list[dict[str, Any]]:
        """Who puts something in, as far as they are not known; and who is not known yet."""
        own = [{"id": key, "name": name, "public": "false"} for name, key in self.payers.of.items()]
        if self.prices:
            own.append({"id": UNKNOWN, "name": self.said("payer"), "public": "false"})
        return own

    def _input(self, one: Input) -> dict[str, Any]:
        self.stakeholders.id(one.stakeholder, one.stakeholder, "belanghebbende")
        payer = self.known.payers.get(words(one.stakeholder)) or self.payers.id(
            one.stakeholder, one.stakeholder, "betaler"
        )
        key = self.inputs.id(len(self.inputs.of), one.what or one.stakeholder, "inzet")
        amount = written(one.value.value if one.value else 0)
        return {
            "id": key, "what": one.what or self.said("input", who=one.stakeholder),
            "payer": payer, "per_year": [amount, *["0"] * (self.years - 1)],
        }  # fmt: skip

    def _activity(self, text: object, key: str) -> dict[str, Any]:
        """What is done once, in the period of the activity; quantities are those of the map."""
        what = text or self.found.told.activity or self.said("activity")
        volume = ["1", *["0"] * (self.years - 1)]
        return {"id": key, "what": what, "unit": self.said("unit"), "volume": volume}

    def _outcome(self, number: int, one: Change) -> dict[str, Any]:
        name = one.outcome
        if self.times.count(one.outcome) > 1 and one.proxy:
            name = f"{one.outcome}: {one.proxy}"
        who = self.stakeholders.id(one.stakeholder, one.stakeholder, "belanghebbende")
        made: dict[str, Any] = {
            "id": self.outcomes.id(number, name, "uitkomst"),
            "what": name,
            "stakeholder": who,
            "of": self.activities.id(one.outputs, one.outputs, "activiteit"),
            "rate": self._rate(one),
        }
        made |= self._price(one)
        for column, key in FIELDS.items():
            made[key] = self._correction(one.corrections[column])
        made |= {"starts": str(one.starts), "lasts": written(one.lasts.value)}
        if drop_off := one.corrections["drop_off"]:
            made["drop_off"] = self._cited(percent(drop_off.value), drop_off.cell)
        return made

    def _rate(self, one: Change) -> dict[str, Any]:
        """The quantity; with the other sign where the value of one is negative."""
        turned = one.value is not None and one.value.value < 0
        size = -one.quantity.value if turned else one.quantity.value
        told = [self.said("indicator", what=one.indicator.rstrip("."))] if one.indicator else []
        if one.quantity_source:
            told.append(self.said("quantity_source", what=one.quantity_source.rstrip(".")))
        because = told or [self.said("unmeasured")]
        because += [self.said("group", what=one.group)] if one.group else []
        because += [self.said("turned")] if turned else []
        return self._cited(written(size), one.quantity.cell) | {"because": _joined(because)}

    def _price(self, one: Change) -> dict[str, Any]:
        """The price of a row; one for all rows that say the same of it. None is legal, and told."""
        if one.value is None:
            return {"value": "none", "because": self.said("no_value")}
        size = abs(one.value.value)
        alike = (one.proxy or one.outcome, one.proxy_source, size)
        key = "vm-" + self.proxies.id(alike, one.proxy or one.outcome, "prijs")
        if key not in self.prices:
            notes = self.said("proxy_source", what=one.proxy_source.rstrip("."))
            self.prices[key] = {
                "id": key,
                "name": one.proxy or self.said("proxy", what=one.outcome),
                "value": written(size),
                "unit": f"{self.currency}/eenheid",
                "price_year": str(self.first_year),
                "payers": {UNKNOWN: "100%"},
                "cash": "pm",
                "source": self._place(one.value.cell),
                "notes": notes if one.proxy_source else self.said("no_proxy_source"),
            }
        return {"proxy": key}

    def _correction(self, one: Amount | None) -> dict[str, Any]:
        """A share; nothing filled in counts as nothing in the sheet, and is marked."""
        if one is None:
            return {"value": "0", "because": self.said("empty")}
        if one.value == 0:
            return self._cited("0", one.cell) | {"because": self.said("zero")}
        return self._cited(percent(one.value), one.cell)

    def _cited(self, size: str, cell: Cell) -> dict[str, Any]:
        return {"value": size, "source": self._place(cell)}

    def _place(self, cell: Cell) -> str:
        sheet = re.sub(r"[\[\]]", "", self.found.sheet)[:80]
        return f"{SOURCE}[{sheet}!{cell.address}]"


def as_scenario(
    found: ValueMap, key: str, first_year: int, known: Known, said: Said
) -> dict[str, Any]:
    """The scenario of a Value Map, in the words of its file; it can be run as it is."""
    return _Writer(found, first_year, known, said).data(key or SOURCE)


def years_of(found: ValueMap) -> int:
    """How many years are counted: the columns of the sheet, or else until the last outcome ends.

    Each outcome begins in one of them, also where the sheet has no column for that.
    """
    if found.years:
        columns = max(found.years) - min(found.years) + 1
        return max(columns, *(one.starts for one in found.changes))
    return max(one.starts - 1 + -int(-one.lasts.value // 1) for one in found.changes)


def discounting_of(found: ValueMap) -> Any:
    """The rate of the sheet, by the rule of the Guide: the first year discounted once, or not at
    all where it has number 0; what goes in never."""
    rate = found.told.rate.value if found.told.rate else GUIDE_RATE
    free = found.first_year_free
    if rate == GUIDE_RATE:
        return {"regime": GUIDE, "timing": "start_of_year"} if free else GUIDE
    timing = "start_of_year" if free else "end_of_year"
    return {"rate": percent(rate), "timing": timing, "investment": "undiscounted"}


def written(size: float) -> str:
    """A number as a file can hold it; what is very small as programs write it."""
    text = numeral(size)
    return text if len(text) < LONGEST else repr(float(size))


def percent(size: float) -> str:
    """A share as it is written in a file: `25%`, and otherwise only where that would not be it."""
    hundredfold = round(size * 100, 9)
    return f"{numeral(hundredfold)}%" if hundredfold / 100 == size else written(size)


def _put(one: Input) -> str:
    return f"{one.stakeholder} ({one.what})" if one.what else one.stakeholder


def _list(names: Iterable[str]) -> str:
    told = "; ".join(names)
    return told if len(told) <= LONGEST_LIST else told[:LONGEST_LIST] + "…"


def _joined(texts: list[dict[str, str]]) -> dict[str, str]:
    return {lang: " ".join(text[lang] for text in texts) for lang in texts[0]}
