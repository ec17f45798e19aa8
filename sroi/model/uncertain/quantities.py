"""All numbers of a scenario at once: uncertain ones as rows of draws, certain ones as constants."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from sroi.model.uncertain.copula import Copula
from sroi.model.uncertain.distributions import Certain, Distribution
from sroi.model.uncertain.following import Follows, Together

Array = NDArray[np.float64]
T = TypeVar("T")


@dataclass(frozen=True)
class Quantities:
    """Distributions by path, in a fixed order; `rows` numbers those that are drawn.

    What follows from others is uncertain as they are, and not drawn.
    """

    distributions: dict[str, Distribution]
    copula: Copula
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def uncertain(self) -> list[str]:
        """Paths of the quantities that are drawn, in the order of their rows."""
        return list(self.rows)

    def at(self, unit: Array) -> Values:
        """Values at points of the unit cube (row, draw)."""
        bound = self.copula.bind(unit)
        drawn = {path: self.distributions[path].ppf(bound[row]) for path, row in self.rows.items()}
        return Values(self, drawn, unit.shape[1])

    def centre(self, changed: Mapping[str, float] | None = None) -> Values:
        """One draw in which every quantity has its central value, save those that are changed."""
        drawn = {path: np.array([self.distributions[path].centre]) for path in self.rows}
        drawn |= {path: np.array([value]) for path, value in (changed or {}).items()}
        return Values(self, drawn, 1)


def quantities(
    distributions: dict[str, Distribution], copula: Copula, names: Sequence[str] | None = None
) -> Quantities:
    """Number the quantities that are drawn: in the order of `names`, or as they come."""
    drawn = drawn_of(distributions) if names is None else names
    return Quantities(distributions, copula, {path: row for row, path in enumerate(drawn)})


def drawn_of(distributions: Mapping[str, Distribution]) -> list[str]:
    """Paths of the quantities that are drawn: neither certain, nor what follows from others."""
    return [path for path, one in distributions.items() if not isinstance(one, Certain | Follows)]


@dataclass(frozen=True)
class _Known:
    """What was found for a model, and the draws of what it asked for (None: certain)."""

    model: object
    asked: dict[str, Array | None]
    found: Any


@dataclass(frozen=True)
class Values:
    """What every quantity is, in each of a number of draws.

    `known`: what was worked out from them, and `before`: from those that they were `changed` from.
    """

    source: Quantities
    drawn: dict[str, Array]
    draws: int
    known: dict[str, _Known] = field(default_factory=dict, compare=False, repr=False)
    before: Mapping[str, _Known] = field(default_factory=dict, compare=False, repr=False)
    asked: set[str] | None = field(default=None, compare=False, repr=False)
    followed: dict[str, Array | float] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, path: str) -> Array | float:
        """An array (draw), or one number where it is the same in every draw."""
        if self.asked is not None:
            self.asked.add(path)
        if path in self.drawn:
            return self.drawn[path]
        one = self.source.distributions[path]
        return self._following(path, one) if isinstance(one, Follows) else one.centre

    def _following(self, path: str, one: Follows) -> Array | float:
        """What follows from other quantities, worked out once."""
        if self.asked is not None:
            self.asked.update(one.roots)
        if path not in self.followed:
            self.followed[path] = one.at(self)
        return self.followed[path]

    def level(self, path: str, years: Together) -> Array:
        """The u at which the mean of years that are drawn together is what it is."""
        name = f"{path} level"
        if name not in self.followed:
            self.followed[name] = years.cdf(np.atleast_1d(self[path]))
        return np.asarray(self.followed[name])

    def part(self, start: int, stop: int) -> Values:
        """The draws from `start` up to `stop`; what is asked of them is asked of the whole."""
        if (start, stop) == (0, self.draws):
            return self
        drawn = {path: draws[start:stop] for path, draws in self.drawn.items()}
        return Values(self.source, drawn, stop - start, asked=self.asked)

    def take(self, draws: NDArray[np.intp]) -> Values:
        """Some of the draws, by number."""
        drawn = {path: whole[draws] for path, whole in self.drawn.items()}
        return Values(self.source, drawn, len(draws))

    def changed(self, drawn: Mapping[str, Array]) -> Values:
        """The same with other draws of some quantities; what none of these touches stays known."""
        return Values(
            self.source, {**self.drawn, **drawn}, self.draws, before=self.before or self.known
        )

    def once(self, model: object, name: str, work: Callable[[Values], T]) -> T:
        """`work` of these values for a model; or what is known, if it would find that again.

        It would if every quantity that it asked for then has the same draws: the same array.
        """
        for found in (self.known.get(name), self.before.get(name)):
            if found and found.model is model and self._same(found.asked):
                break
        else:
            watched = replace(self, asked=set())
            result, asked = work(watched), watched.asked or set()
            found = _Known(model, {path: self.drawn.get(path) for path in asked}, result)
            self.known[name] = found
        if self.asked is not None:
            self.asked.update(found.asked)
        return cast(T, found.found)

    def _same(self, asked: Mapping[str, Array | None]) -> bool:
        return all(self.drawn.get(path) is draws for path, draws in asked.items())
