"""A review of the price library: what somebody says of its entries, and writing that back.

A review is taken row by row, and only whole: as long as one row cannot be taken, nothing is.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from sroi.inputs.library.library import NOT_THEMES, Library, Proxy, Review, check_library
from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.quantity.written_sizes import SIZES, numeral, sizes_of
from sroi.inputs.review.as_exported import Exported, not_as_exported
from sroi.inputs.review.review_sheet import VERDICTS, Sheet, read_sheet, refused
from sroi.inputs.text.cells import Cell, Mark
from sroi.inputs.text.numerals import AMBIGUOUS, DUTCH, number
from sroi.inputs.text.numerals import date as iso_date
from sroi.inputs.text.yaml_edit import Editor, write_all
from sroi.inputs.text.yaml_text import BIDI_OVERRIDES, FORBIDDEN, Path_, read
from sroi.problems import Problem, Unusable, nearest

LEAP = 10
FILLED = ("verdict", "value", "low", "high", "place", "remark")
DUTCH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)
EARLIEST = datetime.date(2000, 1, 1)
LONGEST = {"reviewer": 100, "place": 200, "remark": 2_000}
STATUS = {"agree": "checked", "correct": "checked", "withdraw": "withdrawn"}


@dataclass(frozen=True)
class Difference:
    """One field of an entry: what it was and what it becomes, as text of the file."""

    field: str
    was: str
    now: str


@dataclass(frozen=True)
class Reviewed:
    """What a reviewer says of one entry; `sizes`: what its price becomes, where that changes."""

    proxy: Proxy
    verdict: str
    by: str
    on: datetime.date
    remark: str
    differences: tuple[Difference, ...]
    sizes: Mapping[str, float]

    @property
    def leaps(self) -> bool:
        """Whether its price becomes more than ten times as large, or as small."""
        old = sizes_of(self.proxy.value)
        pairs = [(old[name], size) for name, size in self.sizes.items() if old.get(name)]
        return any(not 1 / LEAP <= size / was <= LEAP for was, size in pairs)

    @property
    def review(self) -> dict[str, str]:
        """As it stands in the file."""
        told = {"status": STATUS[self.verdict], "by": self.by, "on": self.on.isoformat()}
        return told | ({"note": self.remark} if self.remark else {})

    @property
    def history(self) -> list[dict[str, str]]:
        """One line for every field that changed."""
        who = {"by": self.by, "on": self.on.isoformat()}
        why = {"because": self.remark} if self.remark else {}
        return [
            {"field": one.field} | ({"was": one.was} if one.was else {}) | {"now": one.now}
            | who | why for one in self.differences
        ]  # fmt: skip


def fingerprint(proxy: Proxy) -> str:
    """A short name for all that stands in an entry; it changes as soon as anything in it does."""
    text = json.dumps(proxy.model_dump(mode="json"), sort_keys=True, ensure_ascii=True)
    return "p-" + hashlib.sha256(text.encode()).hexdigest()[:12]


def read_review(
    path: Path, library: Library, today: datetime.date, exported: Callable[[str], Exported]
) -> list[Reviewed]:
    """What stands in a sheet that was filled in. Raises `Unusable` with all that is wrong in it.

    `exported`: the sheet of this library as it would go out now, in a language.
    """
    sheet = read_sheet(path)
    filled = [row for row in sheet.rows if any(_says(row[name]) for name in FILLED)]
    taken: list[Reviewed] = []
    problems = list(not_as_exported(sheet, exported(sheet.lang)))
    first: dict[str, Cell] = {}
    for row in filled:
        reader = _Row(sheet, row, library, today)
        reviewed = reader.read()
        problems += reader.problems
        before = first.setdefault(str(row["id"].value), row["id"])
        if before is not row["id"]:
            problems.append(refused("review-twice", sheet.file, row["id"], other=before.address))
        if reviewed:
            taken.append(reviewed)
    if problems:
        raise Unusable(*sorted(problems, key=Problem.order))
    return taken


def _says(cell: Cell) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


class _Row:
    """One row that was filled in; what is wrong with it is gathered in `problems`."""

    def __init__(
        self, sheet: Sheet, row: dict[str, Cell], library: Library, today: datetime.date
    ) -> None:
        self.sheet, self.row, self.library, self.today = sheet, row, library, today
        self.problems: list[Problem] = []

    def read(self) -> Reviewed | None:
        """What it says, or None where something is wrong with it."""
        for name in (name for name, cell in self.row.items() if Mark.FORMULA in cell.marks):
            self._refuse("review-formula", name)
        return None if self.problems else self._read()

    def _read(self) -> Reviewed | None:
        proxy, verdict, day = self._proxy(), self._verdict(), self._day()
        by, place, remark = (self._text(name) for name in ("reviewer", "place", "remark"))
        corrected = {name: self._number(name) for name in SIZES if _says(self.row[name])}
        numbers = {name: size for name, size in corrected.items() if size is not None}
        if not self._said("reviewer"):
            self._refuse("review-reviewer", "reviewer")
        if verdict == "withdraw" and not remark:
            self._refuse("review-reason", "remark")
        if verdict not in ("correct", "") and corrected:
            self._refuse("review-corrected-unasked", next(iter(corrected)))
        if corrected and not place and verdict == "correct":
            self._refuse("review-place-missing", "place")
        if "[" in place or "]" in place:
            self._refuse("review-place", "place")
        if proxy is None or day is None or self.problems:
            return None
        sizes = self._sizes(proxy, numbers)
        changes = [*_of_sizes(proxy.value, sizes), *_of_place(proxy, place)]
        if verdict == "correct" and not (changes or self.problems):
            self._refuse("review-nothing-corrected", "verdict")
        if self.problems:
            return None
        now = Review.model_validate(
            {"status": STATUS[verdict], "by": by, "on": day.isoformat(), "note": remark or None}
        )
        changes.append(Difference("review", _told(proxy.review), _told(now)))
        return Reviewed(proxy, verdict, by, day, remark, tuple(changes), sizes)

    def _refuse(self, what: str, name: str, **facts: object) -> None:
        self.problems.append(refused(what, self.sheet.file, self.row[name], **facts))

    def _said(self, name: str) -> str:
        return str(self.row[name].value or "").strip()

    def _proxy(self) -> Proxy | None:
        """The price as it went out: as it is now, or before somebody else reviewed it."""
        key, known = self._said("id"), self.library.proxies
        if key not in known:
            self._refuse("review-proxy", "id", nearest=nearest(key, known))
            return None
        for proxy in (known[key], *self.library.earlier.get(key, ())):
            if self._said("fingerprint") == fingerprint(proxy):
                return proxy
        self._refuse("review-changed", "fingerprint", id=key)
        return None

    def _verdict(self) -> str:
        said = self._said("verdict").casefold()
        for verdict, words in VERDICTS.items():
            if said in words.values():
                return verdict
        self._refuse("review-verdict", "verdict")
        return ""

    def _number(self, name: str) -> float | None:
        """A number, as a number or as text that can be read in one way only."""
        value = self.row[name].value
        try:
            if isinstance(value, bool) or not isinstance(value, int | float | str):
                raise PydanticCustomError("number-unreadable", "")
            return number(_plain(value))
        except PydanticCustomError:
            self._refuse("review-number", name)
            return None

    def _day(self) -> datetime.date | None:
        value = self.row["on"].value
        try:
            day = value.date() if isinstance(value, datetime.datetime) else value
            if not isinstance(day, datetime.date):
                day = iso_date(_iso(str(day or "").strip(), self.sheet.lang))
            if EARLIEST <= day <= self.today:
                return day
        except PydanticCustomError:
            pass
        self._refuse("review-date", "on", today=self.today.isoformat())
        return None

    def _text(self, name: str) -> str:
        """Words on one line, without signs that cannot be seen."""
        value = self.row[name].value
        if isinstance(value, float) and value == int(value):
            value = int(value)
        text = " ".join(str("" if value is None else value).split())
        unseen = FORBIDDEN.search(text) or any(
            char in BIDI_OVERRIDES or unicodedata.category(char) == "Cc" for char in text
        )
        if unseen or len(text) > LONGEST[name]:
            self._refuse("review-text", name, most=LONGEST[name])
            return ""
        return text

    def _sizes(self, proxy: Proxy, corrected: dict[str, float]) -> dict[str, float]:
        """What the price becomes: one number, a range, or a range with a best guess."""
        if not corrected:
            return {}
        sizes = sizes_of(proxy.value) | corrected
        sizes = {name: sizes[name] for name in SIZES if name in sizes}
        first = next(iter(corrected))
        below = next((name for name, size in corrected.items() if size < 0), "")
        if below and min(sizes_of(proxy.value).values(), default=0) >= 0:
            self._refuse("review-negative", below)
            return {}
        own = {"value": {"value"}, "uniform": {"low", "high"}}.get(proxy.value.form)
        if set(sizes) not in (own, set(SIZES)):
            self._refuse("review-form", first, id=proxy.id)
        elif sorted(_in_order(sizes)) != _in_order(sizes) or (
            "value" not in sizes and sizes["low"] == sizes["high"]
        ):
            told = {name: numeral(size) for name, size in sizes.items()}
            self._refuse("review-range", first, **({"value": "–"} | told))
        return sizes


def _plain(value: float | str) -> str:
    """A number of a spreadsheet as text of ours; a Dutch decimal comma says what it means."""
    if not isinstance(value, str):
        return numeral(value) if abs(value) < 1e15 else "–"
    text = value.strip()
    if DUTCH.fullmatch(text) and not AMBIGUOUS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return "–" if text.endswith("%") else text


def _iso(text: str, lang: str) -> str:
    """A date as Dutch people write it, in a sheet in Dutch."""
    found = DUTCH_DAY.fullmatch(text) if lang == "nl" else None
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text


def _in_order(sizes: Mapping[str, float]) -> list[float]:
    return [sizes[name] for name in ("low", "value", "high") if name in sizes]


def _of_sizes(quantity: Quantity, sizes: Mapping[str, float]) -> Iterator[Difference]:
    old = sizes_of(quantity)
    for name, size in sizes.items():
        if old.get(name) != size:
            yield Difference(name, numeral(old[name]) if name in old else "", numeral(size))


def _of_place(proxy: Proxy, place: str) -> Iterator[Difference]:
    now = proxy.source.model_copy(update={"place": place})
    if place and now != proxy.source:
        yield Difference("source", str(proxy.source), str(now))


def _told(review: Review) -> str:
    """Status, who and when."""
    return ", ".join(filter(None, [review.status, review.by, str(review.on or "")]))


def rewritten(reviewed: Iterable[Reviewed], folder: Path) -> dict[Path, tuple[bytes, bytes]]:
    """The files that change: what they hold, and what they will hold. Raises `Unusable`."""
    wanted = {one.proxy.id: one for one in reviewed}
    changed: dict[Path, tuple[bytes, bytes]] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.stem in NOT_THEMES:
            continue
        content = path.read_bytes()
        editor = Editor(content, str(path))
        for position, entry in enumerate(editor.data["proxies"]):
            if entry["id"] in wanted:
                _edit(editor, ("proxies", position), entry, wanted[entry["id"]])
        if (new := editor.result()) != content:
            changed[path] = (content, new)
    _refuse_what_breaks(changed, folder)
    return changed


def write_back(changed: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Write what `rewritten` made: all files, or none. Raises `Unusable`."""
    write_all(changed)


def _edit(editor: Editor, path: Path_, entry: Mapping[str, Any], one: Reviewed) -> None:
    fields = {difference.field: difference for difference in one.differences}
    if set(SIZES) & set(fields):
        _edit_price(editor, (*path, "value"), entry["value"], one)
    if "source" in fields:
        editor.set((*path, "source"), fields["source"].now)
    editor.set((*path, "review"), one.review)
    editor.append((*path, "history"), one.history)


def _edit_price(editor: Editor, path: Path_, written: Any, one: Reviewed) -> None:
    """A price in its own form; or, where it gets a range, as a range with a best guess."""
    told = {name: numeral(size) for name, size in one.sizes.items()}
    ranged = {"best" if name == "value" else name: size for name, size in told.items()}
    form = one.proxy.value.form
    if not isinstance(written, dict):
        editor.set(path, told["value"] if set(told) == {"value"} else _by_size(ranged))
    elif form == "best":
        named = {"best" if x.field == "value" else x.field for x in one.differences}
        for name in named & set(ranged):
            editor.set((*path, name), ranged[name])
    elif form == "value" and set(told) == {"value"}:
        editor.set((*path, "value"), told["value"])
    elif form == "uniform" and "value" not in told:
        editor.set((*path, "uniform"), [told["low"], told["high"]])
    else:
        editor.replace((*path, form), _by_size(ranged))


def _by_size(ranged: Mapping[str, str]) -> dict[str, str]:
    return {name: ranged[name] for name in ("low", "best", "high")}


def _refuse_what_breaks(changed: Mapping[Path, tuple[bytes, bytes]], folder: Path) -> None:
    """The library as it will be is checked as a whole before a file of it is touched."""
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name)
        for path in folder.glob("*.yaml"):
            shutil.copyfile(path, trial / path.name)
        for path, (_, new) in changed.items():
            (trial / path.name).write_bytes(new)
        problems = check_library(trial)[1]
    if problems:
        raise Unusable(*(replace(p, file=str(folder / Path(p.file).name)) for p in problems))


def read_folder(folder: Path) -> Library:
    """The library of a folder that must be there. Raises `Unusable`."""
    from sroi.inputs.library.library import read_library

    if not folder.is_dir() or not list(folder.glob("*.yaml")):
        read(folder / "sources.yaml")
    return read_library(folder)
