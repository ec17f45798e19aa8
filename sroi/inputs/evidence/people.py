"""Who is who in a survey: the rows of one person, put together by a number that people read.

A number is compared as it is read (`P001` is `p001`, `7.0` is `7`). Two that only look alike are
asked about, and where most of a second measurement finds no first one, the numbers do not fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sroi.inputs.evidence.measurement import Moment
from sroi.inputs.text.as_seen import first, told_once
from sroi.inputs.text.cells import Cell
from sroi.inputs.text.read_alike import loose, plain
from sroi.problems import Problem

Group = Literal["programme", "comparison"]
Scores = Mapping[Moment, float | None]


@dataclass
class Linked:
    """What is known of a person while the rows are read; `cell`: where the person was first seen,
    in which file."""

    cell: Cell
    file: str
    group: Group
    scores: dict[Moment, float | None] = field(default_factory=dict)


@dataclass
class People:
    """Everybody in a survey. `wide`: a person has one row only."""

    wide: bool
    everybody: dict[str, Linked] = field(default_factory=dict)
    spelled: list[tuple[str, Cell]] = field(default_factory=list)

    def add(self, cell: Cell, file: str, group: Group, scores: Scores) -> Problem | None:
        """One row more: measure-person-two-groups, measure-person-twice"""
        one = self.everybody.setdefault(plain(cell.text), Linked(cell, file, group))
        what = ""
        if one.group != group:
            what = "measure-person-two-groups"
        elif set(scores) & set(one.scores) or (self.wide and one.scores):
            what = "measure-person-twice"
        if what:
            facts = {"cell": f"{cell.address} / {one.cell.address}"}
            return Problem(what, file=file, line=cell.row, column=cell.column, facts=facts)
        if cell.text != one.cell.text:
            self.spelled.append((file, cell))
        one.scores.update(scores)
        return None

    def problems(self) -> Iterator[Problem]:
        """measure-person-near, measure-join, measure-person-spelled"""
        near = list(self._near())
        if near:
            yield _of_pairs(near)
        elif self._apart:
            yield self._unjoined()
        for file in dict.fromkeys(file for file, _ in self.spelled):
            cells = [cell for where, cell in self.spelled if where == file]
            for problem in told_once("measure-person-spelled", cells, file):
                yield Problem(**vars(problem) | {"severity": "warning"})

    def _near(self) -> Iterator[tuple[Linked, Linked]]:
        """Two people whose numbers differ by signs or zeros only, and who could be one."""
        alike: dict[str, list[Linked]] = defaultdict(list)
        for number, linked in self.everybody.items():
            alike[loose(number)].append(linked)
        for name, (one, *others) in alike.items():
            for other in others if name else ():
                if self.wide or not set(one.scores) & set(other.scores):
                    yield one, other

    @property
    def _apart(self) -> list[Linked]:
        """Those with only a second measurement, where they are most of who has one."""
        after = [one for one in self.everybody.values() if "after" in one.scores]
        alone = [one for one in after if "before" not in one.scores]
        return alone if not self.wide and len(alone) > len(after) / 2 else []

    def _unjoined(self) -> Problem:
        alone = self._apart
        count = sum("after" in one.scores for one in self.everybody.values())
        (problem,) = told_once("measure-join", [one.cell for one in alone], alone[0].file, of=count)
        return problem


def _of_pairs(pairs: list[tuple[Linked, Linked]]) -> Problem:
    """The first pairs of cells, and how many there are."""
    places = first([f"{a.cell.address} / {b.cell.address}" for a, b in pairs])
    facts = {"cells": places, "count": len(pairs)}
    last = pairs[0][1]
    place = {"file": last.file, "line": last.cell.row, "column": last.cell.column}
    return Problem("measure-person-near", **place, facts=facts)  # type: ignore[arg-type]
