"""What an answer counts for: from the cells of one questionnaire to its score."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from sroi.inputs.evidence.instruments import Items
from sroi.inputs.evidence.measurement import Described
from sroi.inputs.text.cells import Cell
from sroi.inputs.text.read_alike import plain

NUMBER = re.compile(r"[+-]?\d{1,9}([.,]\d{1,9})?", re.ASCII)
Wrong = Callable[..., None]  # what is wrong, in which cell, and the facts of its sentence


def said(cell: Cell, among: Iterable[str]) -> bool:
    """Whether a cell says one of these words or numbers, by itself or by what its file calls it."""
    words = among if isinstance(among, set) else set(map(plain, among))
    return plain(cell.text) in words or (cell.label != "" and plain(cell.label) in words)


class Answers:
    """The answers of one measurement; `wrong` is told what cannot be one.

    `incomplete`: how many questionnaires lacked an answer. `whole`: what each answer of a
    questionnaire counts for, of those that were filled in as a whole. `scores`: cells that hold a
    score as it is.
    """

    def __init__(self, described: Described, wrong: Wrong) -> None:
        self.described, self.wrong = described, wrong
        self.incomplete = 0
        self.whole: list[tuple[float, ...]] = []
        self.scores: list[tuple[Cell, float]] = []
        measurement = described.measurement
        self.no_answer = set(map(plain, measurement.no_answer))
        items = described.items or Items()
        self.known = {
            backwards: {plain(word): value for word, value in answers.items()}
            for backwards, answers in ((False, items.answers), (True, items.answers_reversed))
        }
        self.meant = {plain(word): meaning for word, meaning in measurement.answers.items()}

    def score(self, cells: list[Cell]) -> float | None:
        """The score of one questionnaire; None where it was not filled in, or not whole."""
        items = self.described.items
        if len(cells) == 1 and (items is None or items.count != 1):
            return self._on_scale(cells[0])
        found = [self._item(cell, number) for number, cell in enumerate(cells, 1)]
        whole = [value for value in found if value is not None]
        if len(whole) < len(found) or items is None:
            self.incomplete += bool(whole)
            return None
        self.whole.append(tuple(whole))
        return items.score(whole)

    def _none(self, cell: Cell) -> bool:
        return not cell.text or said(cell, self.no_answer)

    def _meaning(self, cell: Cell, known: Iterable[str] = ()) -> str:
        """What a cell means: as the measurement says, or else its file, or else as it stands."""
        for text in (cell.text, cell.label):
            if text and plain(text) in self.meant:
                return plain(self.meant[plain(text)])
        by_label = cell.label and plain(cell.label) in known
        return plain(cell.label if by_label else cell.text)

    def _on_scale(self, cell: Cell) -> float | None:
        """A score that stands in the file as it is, or under a name of its own."""
        if self._none(cell):
            return None
        scale, value = self.described.scale, self._number(cell, self._meaning(cell))
        if value is None:
            return None
        if scale.holds(value):
            self.scores.append((cell, value))
            return value
        self.wrong("measure-outside-scale", cell, low=f"{scale.low:g}", high=f"{scale.high:g}")
        return None

    def _item(self, cell: Cell, number: int) -> float | None:
        """What one answer counts for."""
        items = self.described.items or Items()
        if self._none(cell):
            return None
        backwards = number in items.reversed
        known = self.known[backwards]
        meant = self._meaning(cell, known)
        if known and meant not in known:
            self.wrong("measure-answer-unknown", cell, known=", ".join(items.answers))
            return None
        value = known[meant] if known else self._number(cell, meant)
        if value is None or known:
            return value
        if not items.low <= value <= items.high:
            self.wrong("measure-outside-scale", cell, low=f"{items.low:g}", high=f"{items.high:g}")
            return None
        return items.low + items.high - value if backwards else value

    def _number(self, cell: Cell, text: str) -> float | None:
        """A number with a decimal comma or point."""
        if isinstance(cell.value, bool) or not NUMBER.fullmatch(text):
            self.wrong("measure-number", cell)
            return None
        return float(text.replace(",", "."))
