"""The report of a contract that is followed, as one HTML page on the frame of every report."""

from __future__ import annotations

from typing import Any

from sroi.report.charts.look import HOUSE
from sroi.report.figures.part import Part
from sroi.report.follow import follow_figures as figures
from sroi.report.follow import follow_tables as tables
from sroi.report.follow.follow_told import FollowTold
from sroi.report.follow.sentences import (
    changed,
    kept,
    measured_how,
    money_back,
    to_be_known,
    until,
)
from sroi.report.html.frame import environment, fonts, template_text
from sroi.report.pages.sections import Section
from sroi.report.pages.summary import Card
from sroi.report.tables.tables import Table
from sroi.report.words.lines import LONGEST, short
from sroi.version import build

SECTIONS = (
    "summary", "to_date", "why", "assumed", "expectation", "rules", "paid", "care", "by_year",
    "known", "fingerprint",
)  # fmt: skip
MOST_LINES = 3  # lines that are named on page 1


def contents(told: FollowTold, command: str, actuals: str) -> dict[str, Any]:
    """What stands in the report: made once, for print and for the web."""
    w = told.words
    return {
        "t": told.told,
        "w": w,
        "n": told.numbers,
        "title": told.title,
        "running": w("follow_report.running", title=short(told.title, LONGEST)),
        "css": template_text("report.css"),
        "look": HOUSE,
        "sources": [],
        "sections": _sections(told),
        "by": until(told),
        "cards": cards(told),
        "course": figures.course(told),
        "largest": list(largest(told)),
        "verdicts": [*_verdicts(told), *money_back(told)],
        "parts": _parts(told),
        "fingerprint": _again(told, command, actuals),
    }


def rendered(filled: dict[str, Any], for_print: bool) -> str:
    """The page: for the web it carries its fonts; for print it names them, and `pdf` knows them."""
    template = environment().get_template("follow.html")
    own = {"web": not for_print, "web_css": template_text("web.css"), "script": None}
    return template.render(**filled, **own, fonts=fonts(for_print))


def cards(t: FollowTold) -> list[Card]:
    """What is expected of the whole contract now, and what was promised; with both chances."""
    found, w = t.followed.expectation, t.words
    if found is None:
        return []
    then, now = found.beside().whole
    cells = []
    for name, money in (("now", now), ("then", then)):
        own = money.balance
        numbers = t.numbers.in_band(own.p5, own.p95)
        facts = {"low": numbers.money(own.p5), "high": numbers.money(own.p95)}
        cells.append(
            Card(w(f"follow_report.{name}"), numbers.money(own.mean), w("page.range", **facts),
                 w("follow_report.balance"))
        )  # fmt: skip
    before = w("follow_report.chance_then", chance=t.numbers.chance(then.positive))
    return [*cells, Card(w("page.chance_label"), t.numbers.chance(now.positive), "", before)]


def largest(t: FollowTold) -> list[str]:
    """What makes most of the difference to date, in a sentence for each."""
    parts = [
        (one, cause, size)
        for one in t.followed.to_date
        for cause, size in one.causes.items()
        if abs(size) >= t.numbers.step / 2
    ]
    parts.sort(key=lambda part: -abs(part[2]))
    return [
        t.words(
            f"follow_because.{'more' if size > 0 else 'less'}",
            line=t.told.line(one.line), payer=t.told.payer(one.payer),
            amount=t.numbers.money(abs(size)), cause=t.words(f"follow_head.{cause}").lower(),
        )
        for one, cause, size in parts[:MOST_LINES]
    ]  # fmt: skip


def _verdicts(t: FollowTold) -> list[str]:
    """Every rule in figures, in a line."""
    return [
        t.words(
            "follow_report.rule", what=t.told.say(one.monitor.what), found=tables.so_far(t, one),
            verdict=t.words(f"follow_verdict.{one.verdict}"), asked=tables.asked(t, one),
        )
        for one in t.followed.rules
    ]  # fmt: skip


def _parts(t: FollowTold) -> dict[str, Part]:
    """The parts of the sections: sentences, charts and tables."""
    w, terse = t.words, t.terse
    amounts = w("follow.amounts", unit=t.numbers.in_units)
    course = figures.course(t)
    charts = [course] if course else []
    numbers = course.tables if course else []
    return {
        "to_date": _part([w("follow.to_date_note"), amounts], tables.to_date(terse)),
        "why": _part([w("follow_report.why"), amounts], tables.why(terse)),
        "assumed": _part([w("follow_report.assumed")], tables.assumed(t),
                         [*measured_how(t), *kept(t)]),
        "expectation": Part("", [w("follow_report.expectation"), amounts], charts,
                            [tables.expectation(terse), *numbers]),
        "rules": _part([w("follow_report.rules"), *money_back(t)], tables.rules(t)),
        "paid": _part([w("follow_report.paid")], tables.paid(t)),
        "care": _part([w("follow_report.care")], tables.care(t)),
        "by_year": _part([w("follow_report.by_year"), amounts], tables.by_year(terse)),
        "known": Part("", [*to_be_known(t), *changed(t)]),
    }  # fmt: skip


def _part(sentences: list[str], table: Table, after: list[str] | None = None) -> Part:
    return Part("", sentences, [], [table] if table.rows else [], after or [])


def _sections(t: FollowTold) -> dict[str, Section]:
    """All sections, in the order of the report; a section has the same number in every report."""
    return {
        key: Section(key, str(place), t.words(f"follow_section.{key}"), (), _absent(t, key))
        for place, key in enumerate(SECTIONS, 1)
    }


def _absent(t: FollowTold, key: str) -> str:
    """Why there is nothing to tell in a section."""
    nothing = {
        "assumed": not t.followed.updated.assumed,
        "expectation": t.followed.expectation is None,
        "rules": not t.followed.rules,
        "paid": not t.followed.paid,
        "care": not t.followed.realised.people,
    }
    return t.words(f"follow_absent.{key}") if nothing.get(key) else ""


def _again(t: FollowTold, command: str, actuals: str) -> list[tuple[str, str]]:
    """What is needed to get the same numbers."""
    h, w = t.followed.happened, t.words
    rows = {
        "scenario": h.loaded.scenario.scenario,
        "inputs": h.loaded.inputs_sha256,
        "version": build(),
        "draws": t.numbers.number(t.followed.updated.values.draws),
        "seed": str(h.loaded.scenario.basis.seed),
        "command": command,
    }
    told = [(w(f"fingerprint.{name}"), value) for name, value in rows.items()]
    return [*told, (w("follow_report.table"), actuals)]
