"""A review of the price library: what somebody says of its entries, and writing that back.

A review is taken row by row, and only whole: as long as one row cannot be taken, nothing is.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sroi.inputs.library.library import NOT_THEMES, Library, Proxy, Review, check_library
from sroi.inputs.quantity.written_sizes import SIZES, in_order, numeral, resized, sizes_of
from sroi.inputs.review.as_exported import Exported, not_as_exported
from sroi.inputs.review.filled_row import FilledRow, says
from sroi.inputs.review.review_sheet import VERDICTS, Book, Sheet, read_sheet, refused
from sroi.inputs.text.cells import Cell
from sroi.inputs.text.yaml_edit import Editor, write_all
from sroi.inputs.text.yaml_text import Path_, read
from sroi.problems import Problem, Unusable, nearest

LEAP = 10
FILLED = ("verdict", "value", "low", "high", "place", "remark")
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
    book: Book, library: Library, today: datetime.date, exported: Callable[[str], Exported]
) -> list[Reviewed]:
    """What stands in a sheet that was filled in. Raises `Unusable` with all that is wrong in it.

    `exported`: the sheet of this library as it would go out now, in a language.
    """
    sheet = read_sheet(book)
    filled = [row for row in sheet.rows if any(says(row[name]) for name in FILLED)]
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


class _Row(FilledRow):
    """One row that was filled in; what is wrong with it is gathered in `problems`."""

    def __init__(
        self, sheet: Sheet, row: dict[str, Cell], library: Library, today: datetime.date
    ) -> None:
        super().__init__(sheet.file, sheet.lang, row, today)
        self.library = library

    def read(self) -> Reviewed | None:
        """What it says, or None where something is wrong with it."""
        self.refuse_formulas()
        return None if self.problems else self._read()

    def _read(self) -> Reviewed | None:
        proxy, verdict, day = self._proxy(), self._verdict(), self.day("on")
        by, place, remark = (
            self.text(name, LONGEST[name]) for name in ("reviewer", "place", "remark")
        )
        corrected = {name: self.number(name) for name in SIZES if self.says(name)}
        numbers = {name: size for name, size in corrected.items() if size is not None}
        if not self.said("reviewer"):
            self.refuse("review-reviewer", "reviewer")
        if verdict == "withdraw" and not remark:
            self.refuse("review-reason", "remark")
        if verdict not in ("correct", "") and corrected:
            self.refuse("review-corrected-unasked", next(iter(corrected)))
        if corrected and not place and verdict == "correct":
            self.refuse("review-place-missing", "place")
        if "[" in place or "]" in place:
            self.refuse("review-place", "place")
        if proxy is None or day is None or self.problems:
            return None
        sizes = self._sizes(proxy, numbers)
        changes = [Difference(*told) for told in resized(proxy.value, sizes)]
        changes += _of_place(proxy, place)
        if verdict == "correct" and not (changes or self.problems):
            self.refuse("review-nothing-corrected", "verdict")
        if self.problems:
            return None
        now = Review.model_validate(
            {"status": STATUS[verdict], "by": by, "on": day.isoformat(), "note": remark or None}
        )
        changes.append(Difference("review", _told(proxy.review), _told(now)))
        return Reviewed(proxy, verdict, by, day, remark, tuple(changes), sizes)

    def _proxy(self) -> Proxy | None:
        """The price as it went out: as it is now, or before somebody else reviewed it."""
        key, known = self.said("id"), self.library.proxies
        if key not in known:
            self.refuse("review-proxy", "id", nearest=nearest(key, known))
            return None
        for proxy in (known[key], *self.library.earlier.get(key, ())):
            if self.said("fingerprint") == fingerprint(proxy):
                return proxy
        self.refuse("review-changed", "fingerprint", id=key)
        return None

    def _verdict(self) -> str:
        said = self.said("verdict").casefold()
        for verdict, words in VERDICTS.items():
            if said in words.values():
                return verdict
        self.refuse("review-verdict", "verdict")
        return ""

    def _sizes(self, proxy: Proxy, corrected: dict[str, float]) -> dict[str, float]:
        """What the price becomes: one number, a range, or a range with a best guess."""
        if not corrected:
            return {}
        sizes = sizes_of(proxy.value) | corrected
        sizes = {name: sizes[name] for name in SIZES if name in sizes}
        first = next(iter(corrected))
        below = next((name for name, size in corrected.items() if size < 0), "")
        if below and min(sizes_of(proxy.value).values(), default=0) >= 0:
            self.refuse("review-negative", below)
            return {}
        own = {"value": {"value"}, "uniform": {"low", "high"}}.get(proxy.value.form)
        if set(sizes) not in (own, set(SIZES)):
            self.refuse("review-form", first, id=proxy.id)
        elif not in_order(sizes):
            told = {name: numeral(size) for name, size in sizes.items()}
            self.refuse("review-range", first, **({"value": "–"} | told))
        return sizes


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
