"""A price series: what money of one year is in another, and what was published for years ahead."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pydantic import Field, PrivateAttr

from sroi.inputs.case.continued_series import Rise
from sroi.inputs.quantity.sizes import Year
from sroi.inputs.text.nouns import Id, Noun, Reference, Text
from sroi.inputs.text.numerals import Date, Number
from sroi.inputs.text.reading import unknown
from sroi.inputs.text.yaml_text import Document
from sroi.problems import Problem

CONSUMER_PRICES = "cpi"  # the series of whatever names none


class Forecast(Noun):
    """By how much prices are expected to rise from the year before, who says so, and when."""

    rise: Rise
    source: Reference
    on: Date


class Index(Noun):
    """A price index: an amount of year y × factors[y] is the same amount in the base year.

    `provisional`: years of which the rise from the year before may still change. `forecast`: years
    past the last factor, of which the rise was published before the year was over. `bridged`: years
    of which (a part of) that rise was filled in from another series, as `notes` say.
    """

    id: Id
    name: Text
    source: Reference
    base_year: Year
    factors: dict[Year, Number]
    provisional: list[Year] = Field(default=[], exclude_if=lambda years: not years)
    forecast: dict[Year, Forecast] = Field(default={}, exclude_if=lambda years: not years)
    bridged: list[Year] = Field(default=[], exclude_if=lambda years: not years)
    notes: Text | None = None
    _replaced: dict[int, Forecast] = PrivateAttr(default_factory=dict)

    @property
    def replaced(self) -> dict[int, Forecast]:
        """The forecasts in the place of which a scenario has a figure of its own."""
        return self._replaced

    def continued(self, own: Mapping[int, float]) -> Index:
        """The series with rises of a scenario, which go before forecasts of the same years.

        Prices that rise by r make an amount of a year worth 1 ÷ (1 + r) of the same amount the year
        before: factors[y] = factors[y - 1] ÷ (1 + r). A year that does not follow is left out.
        """
        last = last_known(self)
        factors = {year: factor for year, factor in self.factors.items() if year <= last}
        ahead = {year: one.rise for year, one in self.forecast.items()} | dict(own)
        for year in sorted(ahead):
            if year > last and year - 1 in factors:
                factors[year] = factors[year - 1] / (1 + ahead[year])
        forecast = {y: one for y, one in self.forecast.items() if y in factors and y not in own}
        more = self.model_copy(update={"factors": factors, "forecast": forecast})
        more._replaced = {y: one for y, one in self.forecast.items() if y in own}
        return more


class Indices(Noun):
    """The file `indices.yaml`."""

    indices: list[Index]


def last_known(index: Index) -> int:
    """The last year of which the figure is no forecast."""
    return max(year for year in index.factors if year not in index.forecast)


def wrong_forecasts(
    index: Index, position: int, document: Document, sources: Collection[str]
) -> Iterator[Problem]:
    """index-year-known, index-year-gap, source-unknown: of a series as it stands in the library"""
    last = max(index.factors)
    for year, one in sorted(index.forecast.items()):
        where, facts = ("indices", position, "forecast", str(year)), {"index": index.id}
        facts |= {"year": str(year), "last": str(last), "missing": str(year - 1)}
        if year in index.factors:
            yield document.problem("index-year-known", where, True, **facts)
        elif year - 1 not in {*index.factors, *index.forecast}:
            yield document.problem("index-year-gap", where, True, **facts)
        yield from unknown("source", one.source.key, sources, (*where, "source"), document)
