"""What the terminal shows of what drives the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.text import Text

from sroi.report.pages import sensitivity as sensitivity_page
from sroi.report.tables import sensitivity as sensitivity_tables
from sroi.report.tables.sensitivity import Asked
from sroi.report.tables.tables import Table
from sroi.report.terminal.terminal import console, safe, show_table

MOST, SOME = 20, 8


def show_parts(asked: Asked, found: Mapping[str, Any], stopped: bool) -> None:
    """Every part that was made, with the sentence of what it says."""
    out, w = console(), asked.told.words
    centre = float(asked.question.at(asked.question.model.quantities.centre())[0])
    facts = {"value": asked.show(centre), "threshold": asked.show(asked.question.threshold)}
    head = w("sens.centre", result=asked.name, **facts)
    out.print(Text(safe(head[:1].upper() + head[1:]), "bold"))
    for sentences, table in told_parts(asked, found):
        out.print()
        for sentence in sentences:
            out.print(Text(safe(sentence)))
        if table is not None:
            show_table(out, table)
    if stopped:
        out.print(w("sens.stopped"))


def told_parts(
    asked: Asked, found: Mapping[str, Any], most: int = MOST
) -> Iterator[tuple[list[str], Table | None]]:
    """Sentences and table of every part that was made, in a fixed order; no table is empty."""
    for sentences, table in _parts(asked, found, most):
        rows = table is not None and bool(table.rows)
        if sentences or rows:
            yield sentences, table if rows else None


def _parts(
    asked: Asked, found: Mapping[str, Any], most: int
) -> Iterator[tuple[list[str], Table | None]]:
    t, w = asked.told, asked.told.words
    if swings := found.get("swings"):
        moving = [one for one in swings if not one.without_effect]
        widest = [w("sens.tornado", first=t.subject(one.path)) for one in moving[:1]]
        means = found.get("conditional", [])
        table = sensitivity_tables.swings(asked, moving[:most], means)
        yield [*widest, *_idle(asked, swings)], table
    if turns := found.get("break_even"):
        table = sensitivity_tables.break_even(asked, turns, most)
        yield list(sensitivity_page.told_turns(asked, turns)), table
    if curve := found.get("curve"):
        facts = {"first": t.subject(curve.first), "second": t.subject(curve.second)}
        yield [w("sens.curve", **facts)], sensitivity_tables.curve(asked, curve)
    if checks := found.get("checks"):
        sentences = list(sensitivity_page.told_checks(asked, checks))
        yield sentences, sensitivity_tables.checks(asked, checks)
    if prices := found.get("highest_price"):
        sentences = [" ".join(sensitivity_page.told_prices(asked, prices))]
        yield sentences, sensitivity_tables.highest_price(asked, prices)
    if worth := found.get("worth"):
        yield [w("sens.without_price")], sensitivity_tables.worth_of_units(asked, worth)
    yield from _shares(asked, found, most)
    if agenda := found.get("agenda"):
        sentences = list(sensitivity_page.told_agenda(asked, agenda))
        yield sentences, sensitivity_tables.agenda(asked, agenda, most)
        yield [], sensitivity_tables.agenda_themes(asked, agenda)
    if (counting := sensitivity_tables.counting(asked, found.get("counting", []))).rows:
        yield [w("sens.counting")], counting


def _shares(
    asked: Asked, found: Mapping[str, Any], most: int
) -> Iterator[tuple[list[str], Table | None]]:
    """Shares of the variance by quantity and by theme, and the measures of the draws."""
    t, w = asked.told, asked.told.words
    if (given := found.get("given_data")) and given.measures:
        yield [w("sens.given")], sensitivity_tables.given(asked, given, most)
    if (indices := found.get("indices")) and indices.indices is None:
        yield [w("sens.constant")], None
    elif indices:
        correlated = [] if indices.independent else [w("sens.correlated")]
        table = sensitivity_tables.indices(asked, indices, t.subject)
        yield [w("sens.indices"), *correlated], table
    if (themes := found.get("themes")) and themes.indices:
        yield [], sensitivity_tables.indices(asked, themes, lambda name: w(f"theme.{name}"))


def _idle(asked: Asked, swings: list[Any]) -> list[str]:
    """Which assumptions do nothing to this result."""
    t = asked.told
    idle = [t.subject(one.path) for one in swings if one.without_effect]
    named = idle if len(idle) <= SOME else [*idle[:SOME], "…"]
    facts = {"count": len(idle), "subjects": t.numbers.list(named)}
    return [t.words("sens.idle", **facts)] if idle else []
