"""How many people of a group may be shown: no cell of one to four, and none to be found back.

Whoever knows a total and all cells but one knows that one too. So a small cell (1 to 4 people) is
hidden together with a cell beside it, and only what the two are together is shown. From there on
everything is reckoned with what is shown and with nothing else, so that no later number, however
exact, can tell more. A small cell counts as the middle of what it may be, and its being unknown
widens the range.

Primary and secondary suppression: Hundepool et al. (2012), Statistical Disclosure Control, ch. 4.
That what is hidden may not depend on more than what is shown is the answer to what is known there
as minimality attack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SMALLEST = 5  # people in a cell that may be shown
Bounds = tuple[int, int]


@dataclass(frozen=True)
class Shown:
    """The cells of one group that may be shown.

    `visible`: by name how many. `hidden`: by name between which numbers it lies. `beside`: the
    large cell that hides them; `together`: how many people are in it and in the hidden ones.
    """

    visible: dict[str, int]
    hidden: dict[str, Bounds] = field(default_factory=dict)
    beside: str = ""
    together: int = 0

    @property
    def reckoned(self) -> dict[str, float]:
        """How many people each cell is reckoned to have."""
        middle = {name: (low + high) / 2 for name, (low, high) in self.hidden.items()}
        rest = {self.beside: self.together - sum(middle.values())} if self.beside else {}
        return self.visible | middle | rest

    def variance(self, weights: Mapping[str, float]) -> float:
        """Variance of a weighted sum of the cells: every number between bounds as likely."""
        whole = weights.get(self.beside, 0.0)
        spread = {
            name: ((high - low + 1) ** 2 - 1) / 12 for name, (low, high) in self.hidden.items()
        }
        return sum(v * (weights.get(name, 0.0) - whole) ** 2 for name, v in spread.items())

    def total(self, names: Iterable[str]) -> int | None:
        """How many people are in some of the cells; None where that would tell a hidden one."""
        names = set(names)
        covered = {*self.hidden, self.beside} - {""}
        if covered & names and not covered <= names:
            return None
        together = self.together if covered & names else 0
        return together + sum(count for name, count in self.visible.items() if name in names)


def shown(cells: Mapping[str, int]) -> Shown | None:
    """What may be shown of the cells of one group; None where nothing of them may.

    The first cells are the first to be hidden beside. A cell that is no help because it is too
    small itself is hidden as well: that it was passed over would tell something.
    """
    hidden = {name: (1, SMALLEST - 1) for name, count in cells.items() if 0 < count < SMALLEST}
    if not hidden:
        return Shown(dict(cells))
    for name, count in cells.items():
        if name in hidden or count == 0:
            continue
        most, least = (sum(bounds[end] for bounds in hidden.values()) for end in (1, 0))
        together = count + sum(cells[other] for other in hidden)
        if together >= SMALLEST + most:
            visible = {n: c for n, c in cells.items() if n not in hidden and n != name}
            return Shown(visible, hidden, name, together)
        hidden[name] = (SMALLEST, SMALLEST + most - least - 1)
    return None
