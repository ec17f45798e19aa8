"""The pages of what drives the answer: what moves it, where it turns, what to find out first."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.analysis.result.draws import some_draws
from sroi.analysis.result.question import question
from sroi.analysis.sensitivity.acceptability import worths
from sroi.analysis.sensitivity.break_even import BreakEven
from sroi.analysis.sensitivity.highest_price import HighestPrice, highest_prices
from sroi.analysis.sensitivity.information import Agenda, agenda
from sroi.analysis.sensitivity.one_at_a_time import Swing, swings
from sroi.analysis.sensitivity.variance import Index, Indices
from sroi.analysis.valuation.checks import Check, worst
from sroi.analysis.valuation.reference_class import Placed, placed, unusual_corrections
from sroi.report.figures import sensitivity as figures
from sroi.report.figures.part import Part
from sroi.report.tables import sensitivity as tables
from sroi.report.tables.sensitivity import Asked
from sroi.report.told.told import Told

UNUSUAL = {
    "below": "reference_class.below_correction",
    "above": "reference_class.above_correction",
}
MOST_BARS, MOST_TURNS, MOST_RANKS = 8, 12, 10
VISIBLE = 0.005  # of the widest bar


def sensitivity(t: Told) -> Part | None:
    """Tornado, break-even table and highest prices for society's balance."""
    asked = Asked(t, question(t.valuation.model))
    found = [swing for swing in swings(asked.question) if not swing.without_effect]
    turns = t.valuation.break_evens
    table = tables.break_even(asked, turns, MOST_TURNS)
    if not (found or table.rows):
        return None
    return Part(
        "",
        list(_told_swings(t, found)),
        [figures.tornado(asked, _widest(found))] if found else [],
        [table] if table.rows else [],
        list(told_turns(asked, turns)),
    )


def checks(t: Told) -> Part:
    """What a sceptic asks of every report, in one small table."""
    asked, found = Asked(t, question(t.valuation.model)), t.valuation.checks
    return Part("", list(told_checks(asked, found)), [], [tables.checks(asked, found)])


def told_checks(asked: Asked, found: list[Check]) -> Iterator[str]:
    """What the fixed checks are, and which of them hurts most."""
    t = asked.told
    yield t.words("sens.checks")
    if (hardest := worst(found)) is not None:
        name, money = check_name(t, hardest), asked.money
        facts = {"balance": money(hardest.net_present_value), "less": money(-hardest.net_change)}
        yield t.words("sens.worst_check", check=name, **facts)


def _told_swings(t: Told, found: list[Swing]) -> Iterator[str]:
    """What the chart shows, and how many assumptions it leaves out."""
    if found:
        yield t.words("sens.tornado", first=t.subject(found[0].path))
    shown = len(_widest(found))
    if shown < len(found):
        yield t.words("sens.more", shown=shown, count=len(found) - shown)


def _widest(found: list[Swing]) -> list[Swing]:
    """Those whose bar can be seen beside the widest."""
    return [one for one in found[:MOST_BARS] if one.width >= VISIBLE * found[0].width]


def prices(t: Told) -> Part | None:
    """What a unit of each activity may cost at most."""
    asked = Asked(t, question(t.valuation.model))
    draws = some_draws(t.valuation.model, t.scenario.basis)
    found = highest_prices(t.valuation.model, draws)
    if not any(one.price is not None for one in found):
        return None
    return Part("", [" ".join(told_prices(asked, found))], [], [tables.highest_price(asked, found)])


def told_prices(asked: Asked, found: list[HighestPrice]) -> Iterator[str]:
    """What the highest prices are, for whom, and what they are not."""
    t = asked.told
    yield t.words("sens.highest_price", chance=t.numbers.percent(found[0].chance))
    if asked.payer:
        yield t.words("sens.price_for_payer", payer=asked.payer)
    else:
        yield t.words("sens.price_for_all")
    if any(ladder.of for ladder in t.scenario.care_ladder):
        yield t.words("sens.price_of_ladder")


def told_turns(asked: Asked, found: list[BreakEven]) -> Iterator[str]:
    """What the break-even table does not say."""
    t = asked.told
    threshold = asked.show(asked.question.threshold)
    yield t.words("sens.break_even", result=asked.name, threshold=threshold)
    if any(len(one.crossings) > 1 for one in found):
        yield t.words("sens.several")
    if never := tables.never(found):
        yield t.words("sens.never", count=never)
    if any(one.jumps for one in found):
        yield t.words("sens.jumps")


def check_name(t: Told, check: Check) -> str:
    """What a check is called in the middle of a sentence."""
    name = t.words(f"check.{check.name}")
    return name[:1].lower() + name[1:]


def information(t: Told) -> Part | None:
    """Shares of the variance, and the research agenda."""
    asked = Asked(t, question(t.valuation.model))
    basis = t.scenario.basis
    if not t.valuation.model.quantities.uncertain:
        return None
    alone, themes = t.valuation.indices
    if not alone.indices:
        return None
    found = agenda(asked.question, basis, drawn=t.valuation.drawn)
    ranked = tables.agenda(asked, found, MOST_RANKS)
    return Part(
        "",
        list(told_indices(asked, alone, themes)),
        [figures.shares(asked, alone, _largest(alone))],
        [ranked] if ranked.rows else [],
        list(told_agenda(asked, found)),
    )


def told_indices(asked: Asked, alone: Indices, themes: Indices) -> Iterator[str]:
    """What the shares mean, and the shares of the themes."""
    t = asked.told
    yield t.words("sens.indices")
    shown, moving = len(_largest(alone)), sum(one.moves for one in alone.indices or [])
    if shown < moving:
        yield t.words("sens.more", shown=shown, count=moving - shown)
    if not alone.independent:
        yield t.words("sens.correlated")
    large = [one for one in themes.indices or [] if one.moves and one.total > 0.005]
    told = [f"{t.words(f'theme.{one.name}')} {t.numbers.percent(one.total)}" for one in large]
    yield t.words("sens.themes", themes=t.numbers.list(told))


def _largest(found: Indices) -> list[Index]:
    """The shares whose bar can be seen beside the largest."""
    moving = [one for one in found.indices or [] if one.moves][:MOST_BARS]
    return [one for one in moving if one.total >= VISIBLE * moving[0].total]


def told_agenda(asked: Asked, found: Agenda) -> Iterator[str]:
    """What it is worth to know more, and for which decision."""
    t, n = asked.told, asked.told.numbers
    if found.settled:
        yield t.words("sens.settled")
        return
    everything = n.money(found.everything.euros)
    facts = {"worth": everything, "chance": n.counted(found.everything.changes)}
    yield t.words("sens.agenda", **facts)
    if not any(one.clear for one in found.quantities):
        yield t.words("sens.nothing_by_itself")


def without_price(t: Told) -> list[Part]:
    """The chance that it is worth it against the worth of what has no price."""
    asked = Asked(t, question(t.valuation.model))
    valuation = t.valuation
    found = worths(valuation.model, t.scenario, valuation.loaded.library, valuation.drawn)
    shown = [one for one in found if len(one.worth) > 1 and one.chance.min() < one.chance.max()]
    if not shown:
        return []
    table = tables.worth_of_units(asked, found)
    return [Part("", [t.words("sens.without_price")], [figures.chances(t, shown[0])], [table])]


def reference(t: Told) -> list[str]:
    """Where the result stands among published ones, with the caveats, and unusual corrections."""
    ratio, library = t.valuation.drawn.ratio(), t.valuation.loaded.library
    told: list[str] = []
    if ratio:
        told = [_placed(t, one) for one in placed(ratio.mean, library)]
    for unusual in unusual_corrections(t.scenario, t.valuation.model, library):
        low, high = unusual.reference.band or (0.0, 1.0)
        told.append(
            t.words(
                UNUSUAL[unusual.position],
                subject=t.subject(unusual.path),
                value=t.numbers.share(unusual.value),
                low=t.numbers.share(low),
                high=t.numbers.share(high),
                count=unusual.reference.count,
            )
        )
    return told


def _placed(t: Told, one: Placed) -> str:
    reference = one.reference
    n, say = t.numbers, t.say
    band = t.words("reference_class.mean", mean=n.number(reference.mean, 1))
    low, median, high = reference.p25, reference.median, reference.p75
    if low is not None and median is not None and high is not None:
        band = t.words(
            "reference_class.band",
            median=n.number(median, 1),
            low=n.number(low, 1),
            high=n.number(high, 1),
        )
    count = t.words("reference_class.count", count=reference.count, among=reference.among)
    source = t.cited(reference.source)
    return f"{say(reference.name)}: {band} ({count}; {source}). {say(reference.caveats)}"
