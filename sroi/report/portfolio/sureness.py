"""How sure the total is, in words: what rows share, and what that does to the band of their sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sroi.analysis.portfolio.valued import Band
from sroi.report.figures.part import Part
from sroi.report.portfolio import portfolio_figures as figures
from sroi.report.portfolio import portfolio_tables as tables
from sroi.report.portfolio.portfolio_told import PortfolioTold

ALIKE = 0.1  # of a width: what is told as no difference
MOST_OWN, MOST_COLUMNS = 40, 80


def sureness(told: PortfolioTold) -> Part:
    """The band of the total beside what it would be if rows were independent, or one."""
    if told.certain:
        return Part("", [told.words("intro.range_exact")])
    drawn, table = [figures.ways(told, narrow(told))], [tables.bands(told.terse)]
    after = [told.in_tables, _error(told)]
    if len(told.valued.rows) == 1:
        return Part("", [told.words("portfolio_report.one_row")], [], [], [_error(told)])
    sentences = [told.words("portfolio_report.one_world"), *_beside(told)]
    return Part("", sentences, drawn, table, after)


def in_short(told: PortfolioTold) -> str:
    """The same in one sentence, for page 1; nothing where there is nothing to tell."""
    found = told.valued.bands
    if told.certain or not narrow(told):
        return ""
    facts = {"rows": told.numbers.number(len(told.valued.rows))}
    return told.words("portfolio_report.in_short", **facts, **_ends(told, found.independent))


def narrow(told: PortfolioTold) -> bool:
    """Whether the total would look surer if its rows were independent."""
    return len(told.valued.rows) > 1 and _beside_width(told) < 1 - ALIKE


def shared(told: PortfolioTold) -> Part:
    """What is one uncertain number everywhere, and what each area draws by itself."""
    w, own = told.words, list(_own(told))
    sentences = [w("portfolio_report.shared_rule")]
    if not own:
        return Part(w("portfolio_report.shared_head"), [*sentences, w("portfolio_report.own_none")])
    table = told.table("own", "assumption programme", own[:MOST_OWN], 2, None)
    after = []
    if len(own) > MOST_OWN:
        after = [w("portfolio_report.and_more", count=told.numbers.number(len(own) - MOST_OWN))]
    sentences.append(w("portfolio_report.own_some"))
    return Part(w("portfolio_report.shared_head"), sentences, [], [table], after)


def columns(told: PortfolioTold) -> Part:
    """What the table of areas fills, and by which way it is reckoned; of very many the first."""
    w, left, more = told.words, MOST_COLUMNS, 0
    groups = []
    for one in told.valued.loaded.programmes:
        filled = one.described.fills
        rows = [[name, path, _way(told, one.id, path)] for name, path in filled[:left]]
        left, more = left - len(rows), more + len(filled) - len(rows)
        if rows:
            groups.append((told.programme(one.id), rows))
    table = told.table("columns", "column path way", [], 3, None)
    after = [w("portfolio_report.columns_more", count=told.numbers.number(more))] if more else []
    intro = w("portfolio_report.columns")
    return Part(
        w("portfolio_report.columns_head"), [intro], [], [replace(table, groups=groups)], after
    )


def _way(told: PortfolioTold, programme: str, path: str) -> str:
    straight = path in told.valued.structure.linear[programme]
    return told.words(f"portfolio_report.{'straight' if straight else 'apart'}")


def _own(told: PortfolioTold) -> Iterator[list[str]]:
    """Every quantity that rows draw by themselves, once, with its programme."""
    seen = set[tuple[str, str]]()
    for group in told.valued.structure.groups:
        for path in group.alike.own:
            if (group.programme, path) not in seen:
                seen.add((group.programme, path))
                yield [told.subject(group, path), told.programme(group.programme)]


def _beside(told: PortfolioTold) -> Iterator[str]:
    """What the two other bands say, by how wide they are beside that of the total."""
    found, w = told.valued.bands, told.words
    yield w("portfolio_report.as_reckoned", **_ends(told, found.shared))
    part = _beside_width(told)
    kind = "narrow" if part < 1 - ALIKE else "same" if part <= 1 + ALIKE else "hedged"
    facts = _ends(told, found.independent) | {"rows": told.numbers.number(len(told.valued.rows))}
    yield w(f"portfolio_apart.{kind}", part=told.numbers.percent(part), **facts)
    wider = _width(found.one) > (1 + ALIKE / 2) * _width(found.shared)
    yield w(f"portfolio_as_one.{'wide' if wider else 'same'}", **_ends(told, found.one))


def _beside_width(told: PortfolioTold) -> float:
    """How wide the band of independent rows is, as a share of the band of the total."""
    found = told.valued.bands
    return _width(found.independent) / (_width(found.shared) or 1.0)


def _width(band: Band) -> float:
    return band.p95 - band.p5


def _ends(told: PortfolioTold, band: Band) -> dict[str, str]:
    return {"low": told.banded.money(band.p5), "high": told.banded.money(band.p95)}


def _error(told: PortfolioTold) -> str:
    """How large the numerical error is, which is something else than the band."""
    error = told.valued.total.balance.standard_error
    shown = told.numbers.euro(max(error, 0.01), 0 if error >= 10 else 2)
    draws = told.numbers.number(told.valued.structure.draws.total)
    return told.words("portfolio_report.error", error=shown, draws=draws)
