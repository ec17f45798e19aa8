"""A contract that is followed, with the words and numbers of a language."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sroi.analysis.follow.followed import Followed
from sroi.analysis.follow.updated import Band
from sroi.inputs.follow.period import Period
from sroi.report.charts.easel import Easel
from sroi.report.tables.tables import Table
from sroi.report.told.told import Told, as_percent, told
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import Words

PEOPLE = ".people"


@dataclass(frozen=True)
class FollowTold:
    """`told`: the names of the scenario."""

    followed: Followed
    told: Told

    @property
    def words(self) -> Words:
        """Of the language."""
        return self.told.words

    @property
    def numbers(self) -> Numbers:
        """Of the language and the currency."""
        return self.told.numbers

    @property
    def terse(self) -> FollowTold:
        """With amounts as they stand under a head that names the unit."""
        own = replace(self.told, numbers=replace(self.numbers, terse=True))
        return replace(self, told=own)

    @property
    def title(self) -> str:
        """What is followed, and that it was made up where it was."""
        h = self.followed.happened
        title = self.told.say(h.actuals.title or h.loaded.scenario.title)
        simulated = any(one.code == "follow-simulated" for one in h.problems)
        return f"{title} ({self.words('follow.simulated')})" if simulated else title

    def table(self, key: str, columns: str, rows: list[list[str]], texts: int) -> Table:
        """A table of which the first columns are texts and all others figures."""
        heads = [self.words(f"follow_head.{name}") for name in columns.split()]
        return Table(f"follow_{key}", heads, rows, frozenset(range(texts, len(heads))))

    def period(self, when: Period) -> str:
        """A period as people say it."""
        if not when.quarter:
            return str(when.year)
        return self.words("follow.quarter", quarter=when.quarter, year=when.year)

    def money(self, amount: float | None) -> str:
        """An amount, or a dash where there is none."""
        return "–" if amount is None else self.numbers.money(amount)

    def subject(self, path: str) -> str:
        """What a path is about, in words."""
        if path.endswith(PEOPLE):
            return self.told.line(path.removesuffix(PEOPLE).replace(".tiers.", "."))
        year = path.rpartition(".")[2]
        whole = path.removesuffix(f".{year}") if year.isdecimal() else path
        if whole.startswith(("activities.", "investment.")) and not whole.endswith(".returning"):
            name = self.told.line(".".join(whole.split(".")[:2]))
            return f"{name} {year}" if year.isdecimal() else name
        return self.told.subject(path)

    def size(self, path: str, value: float) -> str:
        """A number of the scenario as people write it: a percentage, euros, or a number."""
        known = self.told.assumptions.get(path)
        if known is not None and as_percent(path, known):
            return self.numbers.percent(value, 1)
        if path.startswith(("activities.", "investment.")):
            return self.numbers.number(value)
        return self.numbers.number(value, 2 if abs(value) < 100 else 0)

    def exact(self, path: str, value: float) -> str:
        """A number that somebody chose, with the decimals that it has."""
        known = self.told.assumptions.get(path)
        percent = known is not None and as_percent(path, known)
        return self.numbers.share(value) if percent else self.numbers.plain(value)

    def band(self, path: str, one: Band) -> str:
        """A mean with its range."""
        low, high = self.size(path, one.p5), self.size(path, one.p95)
        return f"{self.size(path, one.mean)} ({low} – {high})"

    def amounts(self, one: Band) -> str:
        """An amount with its range, and no finer digits than its width."""
        numbers = self.numbers.in_band(one.p5, one.p95)
        low, high = numbers.money(one.p5), numbers.money(one.p95)
        return f"{numbers.money(one.mean)} ({low} – {high})"


def follow_told(followed: Followed, lang: str, easel: Easel | None = None) -> FollowTold:
    """In a language."""
    return FollowTold(followed, told(followed.valuation, lang, easel))
