"""The report of a pilot as one HTML page, on the frame of the report of a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sroi.inputs.pilot.quarter import name_of
from sroi.report.charts.look import HOUSE
from sroi.report.figures.part import Part
from sroi.report.html.frame import environment, fonts, template_text
from sroi.report.pages.experience import experience
from sroi.report.pages.sections import Section
from sroi.report.pages.summary import Card
from sroi.report.pilot import pilot_figures as figures
from sroi.report.pilot import pilot_in_scenario
from sroi.report.pilot.pilot_next import next_steps
from sroi.report.pilot.pilot_told import PilotTold
from sroi.report.told.told import told as scenario_told
from sroi.report.words.glossary import used_in
from sroi.report.words.lines import LONGEST, short
from sroi.report.words.problem_text import sentence
from sroi.report.words.words import catalogue
from sroi.version import build

SECTIONS = (
    "summary", "done", "courses", "effect", "checks", "conditions", "ladder", "next",
    "limitations", "fingerprint",
)  # fmt: skip
APPENDICES = ("course_table", "places", "glossary")
MOST_CARDS, MOST_AGAINST = 3, 4
HELD = ("up", "door", "down", "new")  # which effects stand on page 1, the first that there are


def contents(told: PilotTold, command: str, signs: dict[str, str]) -> dict[str, Any]:
    """What stands in the report: made once, for print and for the web. `signs`: the fingerprint of
    each file that it was made from, by its name."""
    w = told.words
    filled: dict[str, Any] = {
        "w": w,
        "title": told.title,
        "running": w("page.running", title=short(told.title, LONGEST)),
        "css": template_text("report.css"),
        "look": HOUSE,
        "sections": _sections(told),
        "concept": told.found.described.pilot.simulated,
        "sources": [],
        "glossary": list,
        "cards": list(_cards(told)),
        "frame": list(told.frame()),
        "says": list(told.sentences()) or [w("pilot_report.no_effect")],
        "against": list(against(told))[:MOST_AGAINST],
        **_parts(told),
        "limitations": catalogue("text", w.lang)["pilot_report"]["limitations"],
        "fingerprint": _again(told, command, signs),
    }
    used = cache(lambda: used_in(rendered(filled, for_print=True), w.lang))
    return filled | {"glossary": used}


def rendered(filled: dict[str, Any], for_print: bool) -> str:
    """The page: for the web it carries its fonts; for print it names them, and `pdf` knows them."""
    template = environment().get_template("pilot.html")
    own = {"web": not for_print, "web_css": template_text("web.css"), "script": None}
    return template.render(**filled, **own, fonts=fonts(for_print))


def against(told: PilotTold) -> Iterator[str]:
    """What speaks against it, and what else a reader must know: one sentence each."""
    seen = dict.fromkeys((*told.found.problems, *told.along.problems))
    yield from (sentence(problem, told.words.lang) for problem in seen)


def _cards(told: PilotTold) -> Iterator[Card]:
    """Up to three changes, each with its band; without a comparison there is none to tell."""
    order = sorted(told.found.effects, key=lambda one: HELD.index(one.follows))
    for effect in order[:MOST_CARDS]:
        full, w = told.ratio_of(effect), told.words
        said = told.verdict(effect)
        spread = w("pilot_report.card_band", band=told.band(full))
        yield Card(told.move(effect.follows), told.change(full.ratio), spread, said)


def _parts(told: PilotTold) -> dict[str, Any]:
    """The parts of the sections, in their order."""
    w, chart = told.words, figures.effects(told)
    first = told.first_quarters()
    compared = told.found.compared
    return {
        "done": [Part("", list(told.frame()))],
        "courses": [Part("", [w("pilot_report.courses")], [figures.courses(told)])],
        "effect": [
            Part("", list(told.sentences()), [chart] if chart else [], [told.effects()],
                 [w("pilot_report.effect_reads")] if compared else [w("pilot_report.no_effect")]),
            *([Part(w("pilot_report.first"), [w("pilot_report.first_reads")], [], [first])]
              if first else []),
        ],
        "checks": [
            Part("", [w("pilot_report.checks")], [], [told.checks()] if compared else []),
            Part(w("pilot_report.against"), list(against(told))),
        ],
        "conditions": list(_conditions(told)),
        "ladder": [
            *([pilot_in_scenario.part(told, told.shift)] if told.shift else []),
            Part("", [w("pilot_report.ladder", grade=told.found.evidence)], [], [told.ladder()])
        ] if told.found.effects else [Part("", [w("pilot_report.no_effect")])],
        "next": next_steps(told),
        "course_table": [Part("", [w("pilot_report.course_table")], [], [told.courses()])],
        "places": [Part("", [], [], [told.places()])],
    }  # fmt: skip


def _conditions(told: PilotTold) -> Iterator[Part]:
    """Who moved along, by scores or as it was said; and whether the effect goes with it."""
    w, said = told.words, told.found.described.pilot.moved_along
    if told.along.presences:
        yield Part("", [w("pilot_report.presence")], [], [told.presence()])
    elif said:
        rows = [[name, told.numbers.percent(share)] for name, share in said.conditions.items()]
        yield Part("", [w("pilot_report.said", because=said.because.in_(w.lang))], [],
                   [told.said(rows)])  # fmt: skip
    else:
        yield Part("", [w("pilot_report.unscored")])
    if told.along.alongside:
        head = w("pilot_report.alongside")
        yield Part(head, [told.alongside_reads()], [], [told.alongside()])
    if told.shift and told.shift.after.loaded.scenario.experience:
        spoken = experience(scenario_told(told.shift.after, w.lang))
        yield Part(w("pilot_report.people"), [w("pilot_report.people_read")])
        yield from spoken


def _again(told: PilotTold, command: str, signs: dict[str, str]) -> list[tuple[str, str]]:
    """With what anybody gets the same numbers."""
    w, places = told.words, told.found.places
    return [
        (w("pilot_report.sign_pilot"), told.found.described.pilot.pilot),
        (w("pilot_report.sign_version"), build()),
        (w("pilot_report.sign_command"), command),
        (
            w("pilot_report.sign_quarters"),
            f"{name_of(places.quarters[0])} – {name_of(places.quarters[-1])}",
        ),
        *((Path(name).name, sign) for name, sign in signs.items()),
    ]


def _sections(told: PilotTold) -> dict[str, Section]:
    """All sections, in the order of the report; a section has the same number in every report."""
    numbered = [(key, str(place)) for place, key in enumerate(SECTIONS, 1)]
    numbered += [(key, letter) for key, letter in zip(APPENDICES, "ABC", strict=True)]
    return {key: _section(told, key, number) for key, number in numbered}


def _section(told: PilotTold, key: str, number: str) -> Section:
    w, own = told.words, f"pilot_section.{key}"
    return Section(key, number, w(own) if w.has(own) else w(f"section.{key}"))
