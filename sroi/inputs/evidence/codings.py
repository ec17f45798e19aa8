"""Codings of interviews: who names which outcome, and which condition as what helps or hinders, by
interview and coder, counted per perspective.

What people said stays in this file. Interviews are only counted, words are kept where their speaker
agreed to it, and a cell that looks like a person is never repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sroi.inputs.evidence.experience import NEW_FROM, PERSPECTIVES, WORKS
from sroi.inputs.evidence.survey import WARNINGS
from sroi.inputs.text.as_seen import merged, not_as_seen, told_once, totals
from sroi.inputs.text.cells import Cell, Kind, Table
from sroi.inputs.text.personal_data import personal
from sroi.inputs.text.read_alike import loose, plain
from sroi.inputs.text.sheet import tables_of
from sroi.problems import Problem, Unusable, errors, nearest

SHEET = Kind(
    "measure-data-kind", "measure-data-unreadable", "measure-data-too-large", "measure-data-active"
)
HEADINGS = {
    "interview": "interview gesprek",
    "perspective": "perspective perspectief",
    "outcome": "outcome uitkomst",
    "mentioned": "mentioned genoemd",
    "prompted": "prompted gevraagd",
    "negative": "negative tegenspraak",
    "works": "works werkt",
    "coder": "coder codeur",
    "quote": "quote citaat",
    "consent": "consent toestemming",
}
NEEDED = ("interview", "perspective", "outcome", "mentioned")
WHOSE = {
    "employee": "employee medewerker",
    "client": "client klant deelnemer inwoner bewoner",
    "partner": "partner ketenpartner",
}
WAYS = {"helps": "helps helpt", "hinders": "hinders belemmert hindert"}
NEW = ("nieuw", "new")  # before what people name and the scenario does not know
YES, NO = {"yes", "ja", "1", "x", "true", "waar"}, {"", "no", "nee", "0", "false", "onwaar"}
LONGEST_QUOTE = 300
PRIVATE = set(WARNINGS.values()) - {"measure-personal-birth"}
SMALLEST = 5  # people in a count that may be told


@dataclass(frozen=True)
class Coding:
    """What one coder heard in one interview about one outcome; or, where it says how it `works`,
    about one condition."""

    interview: str
    perspective: str
    outcome: str
    mentioned: bool
    prompted: bool
    negative: bool
    coder: str
    quote: str
    works: str = ""


@dataclass
class _Reader:
    """The rows of a sheet, and what is wrong in them.

    `outcomes` and `conditions`: the ids by all that they may be called, as it is read.
    """

    file: str
    table: Table
    outcomes: Mapping[str, str]
    conditions: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    wrong: dict[tuple[str, str], list[Cell]] = field(default_factory=dict)
    interviews: dict[str, Cell] = field(default_factory=dict)
    speakers: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)

    def codings(self) -> list[Coding]:
        """All rows that can be read."""
        places = self._places()
        if not self.problems:
            self.problems += not_as_seen(self.table, places.values(), self.file)
            self.problems += totals(self.table, places["interview"], self.file)
        if self.problems:
            return []
        found = [self._coding(row, places) for row in self.table[1:]]
        self._alike([row[places["interview"]] for row in self.table[1:]])
        for (code, near), cells in self.wrong.items():
            self.problems += told_once(code, cells, self.file, nearest=near)
        return [coding for coding in found if coding]

    def _places(self) -> dict[str, int]:
        """In which column what stands."""
        heads = {plain(cell.text): place for place, cell in enumerate(self.table[0])}
        places = {
            name: heads[word]
            for name, words in HEADINGS.items()
            for word in words.split()
            if word in heads
        }
        for name in NEEDED:
            if name not in places:
                facts = {"name": HEADINGS[name].replace(" ", " / ")}
                self.problems.append(Problem("codings-column-missing", file=self.file, facts=facts))
        if self.problems:
            self.problems += merged(self.table[:1], self.file)
        return places

    def _coding(self, row: list[Cell], places: Mapping[str, int]) -> Coding | None:
        empty = Cell(None, row[0].row, row[0].column)
        cells = {
            n: row[places[n]] if places.get(n, len(row)) < len(row) else empty for n in HEADINGS
        }
        answers = {n: self._yes(cells[n]) for n in ("mentioned", "prompted", "negative", "consent")}
        whose, works = self._perspective(cells["perspective"]), self._works(cells["works"])
        outcome = self._named(cells["outcome"], self.conditions if works else self.outcomes)
        interview = plain(cells["interview"].text)
        if not (interview and cells["outcome"].text):
            self._wrong("codings-row-empty", row[0])
            return None
        if whose and self.speakers.setdefault(interview, whose) != whose:
            self._wrong("codings-two-perspectives", cells["perspective"])
        said = cells["quote"].text if answers.pop("consent") else ""
        return Coding(
            interview, whose, outcome, coder=plain(cells["coder"].text),
            quote=said[:LONGEST_QUOTE], works=works, **answers,
        )  # fmt: skip

    def _works(self, cell: Cell) -> str:
        """Whether a condition helps or hinders; nothing where it is about an outcome."""
        said = plain(cell.text)
        for name, words in WAYS.items():
            if said in words.split():
                return name
        if said:
            self._wrong("codings-works", cell, nearest(said, " ".join(WAYS.values()).split()))
        return ""

    def _named(self, cell: Cell, names: Mapping[str, str]) -> str:
        """An outcome or a condition by its id or its title; or what people name that nobody
        thought of."""
        said = plain(cell.text)
        first, mark, rest = said.partition(":")
        is_new = bool(mark) and first.strip() in NEW and rest.strip() != ""
        known = names.get(rest.strip() if is_new else said)
        if known is None and is_new:
            return self.new.setdefault(rest.strip(), cell.text.partition(":")[2].strip())
        if known is None and said:
            near = nearest(said, names)
            code = "codings-outcome" if names is self.outcomes else "codings-condition"
            self._wrong(code, cell, names.get(near, ""))
        return known or ""

    def _perspective(self, cell: Cell) -> str:
        said = plain(cell.text).rstrip("s")
        for name, words in WHOSE.items():
            if said in words.split():
                return name
        near = nearest(said, " ".join(WHOSE.values()).split())
        self._wrong("codings-perspective", cell, near)
        return ""

    def _yes(self, cell: Cell) -> bool:
        said = plain(cell.text)
        if said not in YES | NO:
            self._wrong("codings-answer", cell)
        return said in YES

    def _alike(self, cells: list[Cell]) -> None:
        """Interviews that are one in two ways of writing are told; that look like one, asked."""
        spelled, near, by_look = [], [], dict[str, str]()
        for cell in cells:
            first = self.interviews.setdefault(plain(cell.text), cell)
            spelled += [cell] if cell.text != first.text else []
            look = loose(cell.text) or plain(cell.text)
            near += [cell] if by_look.setdefault(look, plain(cell.text)) != plain(cell.text) else []
        self.problems += told_once("codings-interview-near", near, self.file)
        for problem in told_once("codings-interview-spelled", spelled, self.file):
            self.problems.append(replace(problem, severity="warning"))

    def _wrong(self, code: str, cell: Cell, near: str = "") -> None:
        """The place and never the words: they may be somebody's."""
        self.wrong.setdefault((code, near), []).append(cell)

    def warnings(self) -> Iterator[Problem]:
        """What looks like a person, by column and only counted."""
        known = [
            word
            for words in (*HEADINGS.values(), *WHOSE.values(), *WAYS.values())
            for word in words.split()
        ]
        for kind, cell, count in personal(self.table, known):
            facts = {"column": cell.letters, "count": count, "sheet": 1}
            yield Problem(WARNINGS[kind], "warning", file=self.file, facts=facts)


@dataclass(frozen=True)
class Codings:
    """What a file of codings comes to, in the form that `experience` of a scenario has."""

    experience: dict[str, Any]
    problems: tuple[Problem, ...]


def read_codings(
    path: Path,
    outcomes: Iterable[str],
    titles: Mapping[str, str] | None = None,
    conditions: Mapping[str, str] | None = None,
) -> Codings:
    """The interviews of a sheet, counted. `outcomes`: the ids that the scenario knows; `titles`:
    what else they may be called, and which it is; `conditions`: the same of its conditions, ids
    among them.

    Raises `Unusable` with all that is wrong in the sheet.
    """
    tables = tables_of(path, SHEET)
    if not tables or len(tables[0]) < 2:
        raise Unusable(Problem("codings-empty", file=str(path)))
    ids = list(outcomes)
    named, others = (
        {plain(t): key for t, key in (of or {}).items()} for of in (titles, conditions)
    )
    reader = _Reader(str(path), tables[0], named | {plain(key): key for key in ids}, others)
    codings = reader.codings()
    warnings = [*(p for p in reader.problems if p.severity == "warning"), *reader.warnings()]
    if wrong := errors(reader.problems):
        raise Unusable(*sorted([*wrong, *warnings], key=Problem.order))
    if (
        len({coding.coder for coding in codings if coding.coder}) > 1
        and cohens_kappa(codings) is None
    ):
        warnings.append(Problem("codings-no-overlap", "warning", str(path)))
    private = any(problem.code in PRIVATE for problem in warnings)
    found = counted(codings, ids, [*dict.fromkeys(others.values())], quotes=not private)
    return Codings(found, tuple(warnings))


def counted(
    codings: list[Coding],
    outcomes: list[str],
    conditions: Iterable[str] = (),
    quotes: bool = True,
) -> dict[str, Any]:
    """Interviews by perspective, who names what, what is new, and how well two coders agree.

    An interview names an outcome when any of its coders says so. `quotes`: whether words may be
    kept; they may not where anything in the file looks like a person.
    """
    spoken = {w: {c.interview for c in codings if c.perspective == w} for w in PERSPECTIVES}
    about = [coding for coding in codings if not coding.works]
    named = list(dict.fromkeys(coding.outcome for coding in about))
    known = [name for name in outcomes if name in named]
    new = [entry for name in named if name not in outcomes for entry in _new(about, name)]
    found: dict[str, Any] = {
        "interviews": {whose: shown(len(people)) for whose, people in spoken.items() if people},
        "outcomes": [{"of": name} | _named(about, name) for name in known],
        "factors": [*_factors(codings, conditions)],
        "new": [*new, *_new_factors(codings, conditions)],
    }
    if (kappa := cohens_kappa(codings)) is not None:
        found["kappa"] = f"{kappa:.2f}"
    said = [c for c in about if c.quote and c.outcome in outcomes] if quotes else []
    found["quotes"] = [
        {"says": c.quote, "perspective": c.perspective, "of": c.outcome, "consent": "true"}
        for c in said
    ]
    return {key: part for key, part in found.items() if part}


def _named(codings: list[Coding], outcome: str) -> dict[str, dict[str, str]]:
    """Of each perspective in how many interviews an outcome is named, prompted and denied."""
    about = [coding for coding in codings if coding.outcome == outcome]
    found: dict[str, dict[str, str]] = {}
    for whose in PERSPECTIVES:
        own = [coding for coding in about if coding.perspective == whose]
        mentioned = {c.interview for c in own if c.mentioned}
        unprompted = {c.interview for c in own if c.mentioned and not c.prompted}
        negative = {c.interview for c in own if c.negative}
        if own:
            found[whose] = {"mentioned": shown(len(mentioned))}
            counts = {"prompted": len(mentioned - unprompted), "negative": len(negative)}
            found[whose] |= {key: shown(count) for key, count in counts.items() if count}
    return found


def _new(codings: list[Coding], outcome: str) -> Iterator[dict[str, str]]:
    """What the scenario does not know, for every perspective in which enough people name it."""
    for whose in PERSPECTIVES:
        people = {
            c.interview
            for c in codings
            if c.outcome == outcome and c.perspective == whose and c.mentioned
        }
        if len(people) >= NEW_FROM:
            yield {"what": outcome, "perspective": whose, "mentioned": shown(len(people))}


def _factors(codings: list[Coding], conditions: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Of each condition that is named, by perspective: how many interviews say which."""
    for name in conditions:
        said: dict[str, Any] = {}
        for whose in PERSPECTIVES:
            people = {
                works: {
                    c.interview for c in codings
                    if (c.outcome, c.perspective, c.works) == (name, whose, works) and c.mentioned
                }
                for works in WORKS
            }  # fmt: skip
            if any(people.values()):
                said[whose] = {works: shown(len(some)) for works, some in people.items() if some}
        if said:
            yield {"of": name} | said


def _new_factors(codings: list[Coding], conditions: Iterable[str]) -> Iterator[dict[str, str]]:
    """What helps or hinders, and is no condition of the scenario."""
    known = set(conditions)
    for works in WORKS:
        some = [c for c in codings if c.works == works and c.outcome not in known]
        for name in dict.fromkeys(c.outcome for c in some):
            yield from (entry | {"works": works} for entry in _new(some, name))


def shown(count: int) -> str:
    """A number of people as it may leave this file: one to four are `few`."""
    return "few" if 0 < count < SMALLEST else str(count)


def cohens_kappa(codings: list[Coding]) -> float | None:
    """Agreement of two coders beyond chance: (p_o - p_e) ÷ (1 - p_e); None if nobody coded twice.

    Over what both coded: whether an interview names an outcome, or a condition as helping or
    hindering. Cohen (1960). 1 where both always say the same thing and so leave nothing to chance.
    """
    by_item: dict[tuple[str, str, str], dict[str, bool]] = {}
    for c in codings:
        if c.coder:
            said = by_item.setdefault((c.interview, c.outcome, c.works), {})
            said[c.coder] = said.get(c.coder, False) or c.mentioned
    double = [said for said in by_item.values() if len(said) >= 2]
    pairs = [tuple(said[name] for name in sorted(said)[:2]) for said in double]
    if not pairs:
        return None
    agree = sum(a == b for a, b in pairs) / len(pairs)
    first, second = (sum(pair[k] for pair in pairs) / len(pairs) for k in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return 1.0 if chance == 1 else (agree - chance) / (1 - chance)
