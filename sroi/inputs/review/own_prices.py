"""Prices of one's own from a sheet: a row for each, with everything that a price needs.

What is wrong is told all at once, by cell; as long as one row cannot be taken, nothing is.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sroi.inputs.library.layered import LAYER
from sroi.inputs.library.library import Library
from sroi.inputs.library.series import CONSUMER_PRICES
from sroi.inputs.quantity.written_sizes import RANGE, SIZES, in_order, numeral
from sroi.inputs.review.filled_row import FilledRow
from sroi.inputs.review.own_price_sheet import CHOICES, HEADINGS, TITLE, read_own_sheet
from sroi.inputs.review.review_sheet import Book, refused
from sroi.inputs.text.as_seen import as_percentages, merged
from sroi.inputs.text.cells import Cell
from sroi.inputs.text.nouns import ID
from sroi.problems import Problem, Unusable

MOST = 200
LONGEST = {
    "id": 64, "name": 200, "because": 2_000, "unit": 80, "source": 300, "link": 500, "place": 200,
    "quote": 2_000, "notes": 2_000, "reviewer": 100, "remark": 2_000,
}  # fmt: skip
NEEDED = (
    "name", "unit", "price_year", "payers", "cash", "cost_concept", "source", "place", "provenance",
    "evidence",
)  # fmt: skip
UNIT = re.compile(r"(?:(?P<currency>[A-Z]{3})/)?(?P<thing>[^\s/][^/]{0,60})")
SHARE = re.compile(r"(?P<who>.*?)[\s:]*(?P<share>\d{1,3}(?:[.,]\d{1,6})?)\s*%")
FIRST_YEAR, LAST_YEAR = 1990, 2100
SLUG = 40


@dataclass(frozen=True)
class OwnPrice:
    """A price as it will stand in a layer, its source where that is a new one, and who looked at it
    if anybody did; `there`: whether the layer has it already, and only the review is new."""

    entry: dict[str, Any]
    source: dict[str, str] | None
    review: dict[str, str] | None = None
    there: bool = False

    @property
    def id(self) -> str:
        """By which a scenario names it."""
        return str(self.entry["id"])


def read_own_prices(book: Book, library: Library, today: datetime.date) -> list[OwnPrice]:
    """The own prices in a file. Raises `Unusable` with all that is wrong with any of them."""
    file, (lang, rows) = book.file, read_own_sheet(book)
    if len(rows) > MOST:
        raise Unusable(refused("review-too-large", file))
    problems = [*merged([list(row.values()) for row in rows], file)]
    problems += as_percentages([row[name] for row in rows for name in SIZES], file)
    taken: dict[str, str] = dict.fromkeys(library.proxies, "")
    sources = {source.title.casefold(): key for key, source in library.sources.items()}
    found = []
    for row in rows:
        reader = _Row(file, lang, row, today, library, taken, sources)
        price = reader.read()
        problems += reader.problems
        if price:
            found.append(price)
    if problems:
        raise Unusable(*sorted(problems, key=Problem.order))
    return found


class _Row(FilledRow):
    """One own price; `taken`: ids, with the cell where one stands; `sources`: by title; `known`:
    own prices that the layer has, which are left as they are where they say the same."""

    def __init__(
        self,
        file: str,
        lang: str,
        row: dict[str, Cell],
        today: datetime.date,
        library: Library,
        taken: dict[str, str],
        sources: dict[str, str],
    ) -> None:
        super().__init__(file, lang, row, today)
        self.library, self.taken, self.sources = library, taken, sources
        own: list[dict[str, Any]] = library.files.get(LAYER, {}).get("proxies", [])
        self.known = {str(entry["id"]): entry for entry in own}
        reviews: list[dict[str, Any]] = library.files.get(LAYER, {}).get("reviews", [])
        self.looked_at = {(str(key),) for key in self.known} | {
            tuple(x[name] for name in ("price", "status", "by", "on", "note") if name in x)
            for x in reviews
        }

    def read(self) -> OwnPrice | None:
        """The price, or None where something is wrong with it."""
        self.refuse_formulas()
        if self.problems:
            return None
        for name in NEEDED:
            if not self.says(name):
                self.refuse("review-own-missing", name, column=HEADINGS[name][self.lang])
        words = {name: self.text(name, most) for name, most in LONGEST.items()}
        entry: dict[str, Any] = {"id": self._id(words["id"] or slug(words["name"]))}
        entry |= {"name": words["name"], "value": self._value(words["because"])}
        entry |= {"unit": self._unit(words["unit"]), "price_year": self._year()}
        entry |= {"index": self._index(), "payers": self._payers()}
        entry |= {name: self._choice(name) for name in CHOICES}
        reference, source = self._source(words)
        entry |= {"source": reference}
        entry |= {name: words[name] for name in ("quote", "notes") if words[name]}
        return self._taken(OwnPrice(entry, source, self._review(words)))

    def _taken(self, own: OwnPrice) -> OwnPrice | None:
        """What is new of it; nothing where the layer has all of it, or something is wrong."""
        there = self.known.get(own.id)
        if there is not None and there != own.entry and not self.problems:
            self.refuse("review-own-taken", self._named(), id=own.id)
        if self.problems:
            return None
        said = (own.id, *(own.review or {}).values())
        return None if there and said in self.looked_at else replace(own, there=bool(there))

    def refuse(self, what: str, name: str, **facts: object) -> None:
        """With the name of the sheet: the first one has a cell of this address too."""
        problem = refused(what, self.file, self.row[name], **facts)
        told = {**problem.facts, "cell": self._place(name)}
        self.problems.append(replace(problem, facts=told))

    def _place(self, name: str) -> str:
        return f"{TITLE[self.lang]}!{self.row[name].address}"

    def _id(self, key: str) -> str:
        """A name that nothing else has."""
        name = self._named()
        if not key:
            return ""
        if not ID.fullmatch(key):
            self.refuse("review-own-id", name, meant=slug(key))
        elif self.taken.get(key):
            self.refuse("review-own-twice", name, id=key, other=self.taken[key])
        elif key in self.taken and key not in self.known:
            self.refuse("review-own-taken", name, id=key)
        self.taken[key] = self.taken.get(key) or self._place(name)
        return key

    def _named(self) -> str:
        """The column from which its id comes."""
        return "id" if self.says("id") else "name"

    def _value(self, because: str) -> Any:
        """One number, two ends, or a range around the best guess, with the reason of it."""
        read = {name: self.number(name) for name in SIZES if self.says(name)}
        sizes = {name: size for name, size in read.items() if size is not None}
        if not read:
            self.refuse("review-own-missing", "value", column=HEADINGS["value"][self.lang])
        if len(sizes) < len(read) or not read:
            return None
        if below := next((name for name, size in sizes.items() if size < 0), ""):
            self.refuse("review-negative", below)
            return None
        if not in_order(sizes):
            self.refuse("review-own-sizes", next(iter(sizes)))
            return None
        if set(sizes) == {"value"}:
            return numeral(sizes["value"])
        if not because:
            self.refuse("review-own-missing", "because", column=HEADINGS["because"][self.lang])
        told = {name: numeral(size) for name, size in sizes.items()}
        if set(sizes) == RANGE:
            ranged: dict[str, Any] = {"low": told["low"], "best": told["value"]}
            return ranged | {"high": told["high"], "because": because}
        return {"uniform": [told.get("low"), told.get("high")], "because": because}

    def _unit(self, text: str) -> str:
        """`EUR/uur`, or `uur`, which is in euros."""
        found = UNIT.fullmatch(text)
        if text and not found:
            self.refuse("review-own-unit", "unit")
        return f"{found['currency'] or 'EUR'}/{found['thing']}" if found else ""

    def _year(self) -> str:
        year = self.number("price_year") if self.says("price_year") else None
        if year is None:
            return ""
        if year != int(year) or not FIRST_YEAR <= year <= LAST_YEAR:
            self.refuse("review-own-year", "price_year")
        return str(int(year))

    def _index(self) -> str:
        said = self.said("index").casefold()
        if said and said not in self.library.indices:
            self.refuse("review-own-choice", "index", known=", ".join(self.library.indices))
        return said or CONSUMER_PRICES

    def _choice(self, name: str) -> str:
        """One of the words of a column, in either language."""
        said = self.said(name).casefold()
        for key, words in CHOICES[name].items():
            if said in {key.casefold(), *(word.casefold() for word in words.values())}:
                return key
        if said:
            known = ", ".join(words[self.lang] for words in CHOICES[name].values())
            self.refuse("review-own-choice", name, known=known)
        return ""

    def _payers(self) -> dict[str, str]:
        """`gemeente`, or `gemeente 60%; zorgverzekeraar 40%`: together everything."""
        text = " ".join(self.said("payers").split())
        parts = [part.strip() for part in text.split(";") if part.strip()]
        shares = [SHARE.fullmatch(part) for part in parts]
        told = [(found["who"], found["share"]) if found else (part, "100")
                for part, found in zip(parts, shares, strict=True)]  # fmt: skip
        found = {self._payer(who): share.replace(",", ".") for who, share in told}
        total = sum(float(share) for share in found.values())
        if text and ("" in found or len(found) < len(told) or abs(total - 100) > 1e-6):
            known = ", ".join(payer.name.in_(self.lang) for payer in self.library.payers.values())
            self.refuse("review-own-payers", "payers", known=known)
        return {payer: f"{share}%" for payer, share in found.items()}

    def _payer(self, said: str) -> str:
        """By its id or its name; what stands between brackets in a name may be left out."""
        said = said.strip().casefold()
        for key, payer in self.library.payers.items():
            names = [payer.name.nl.casefold(), payer.name.en.casefold()]
            if said in {key, *names, *(name.partition(" (")[0] for name in names)}:
                return key
        return ""

    def _source(self, words: dict[str, str]) -> tuple[str, dict[str, str] | None]:
        """The reference, and the source where no other has this title."""
        title, place, link = words["source"], words["place"], words["link"]
        if "[" in place or "]" in place:
            self.refuse("review-place", "place")
        if link and not link.startswith(("https://", "http://")):
            self.refuse("review-own-link", "link")
        known = self.sources.get(title.casefold())
        ids = {*self.library.sources, *self.sources.values()}
        key = known or _free(slug(title) or "bron", ids)
        self.sources.setdefault(title.casefold(), key)
        source = {"id": key, "type": "report", "title": title} | ({"URL": link} if link else {})
        return f"{key}[{place}]", None if known else source

    def _review(self, words: dict[str, str]) -> dict[str, str] | None:
        """Who looked at it and when; nothing where nobody did."""
        if not (words["reviewer"] or self.says("on")):
            return None
        if not words["reviewer"]:
            self.refuse("review-reviewer", "reviewer")
        day = self.day("on")
        told = {"status": "checked", "by": words["reviewer"], "on": day.isoformat() if day else ""}
        return told | ({"note": words["remark"]} if words["remark"] else {})


def slug(text: str) -> str:
    """A text as an id: `Begeleiding (ons contract)` is `begeleiding-ons-contract`."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare)[:SLUG].strip("-")


def _free(key: str, taken: Collection[str]) -> str:
    """An id that nothing has: with a number behind it where needed."""
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(one for one in numbered if one not in taken)
