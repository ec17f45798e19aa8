"""The pages of the theory of change and of the canvas around it."""

from __future__ import annotations

from dataclasses import replace

from sroi.inputs.case.canvas import Value
from sroi.inputs.case.theory_of_change import Link, TheoryOfChange
from sroi.report.charts.chart import Arrow, Box, Named, Theory
from sroi.report.figures.drawing import drawing
from sroi.report.figures.part import Part
from sroi.report.tables.tables import Row, Table
from sroi.report.told.told import Told

KINDS = ("activity", "result", "outcome", "impact")
STRONG = 4  # a comparison at least; 5 is a measurement without one, 6 a judgement


def theories(t: Told) -> list[Part]:
    """One part for each line of reasoning: the drawing, and its links with their evidence."""
    parts = [_theory(t, theory) for theory in t.scenario.theory_of_change]
    return [replace(parts[0], sentences=[t.words("theory.reads")]), *parts[1:]] if parts else []


def weak(link: Link) -> bool:
    """Whether a link rests on no comparison, or on nothing that is stated."""
    return link.evidence is None or link.evidence > STRONG


def _theory(t: Told, theory: TheoryOfChange) -> Part:
    w, n = t.words, t.numbers
    facts = {"count": n.number(sum(map(weak, theory.links))), "of": n.number(len(theory.links))}
    title = w("theory.title", **facts)
    boxes = [Box(step.id, KINDS.index(step.kind), t.say(step.what)) for step in theory.steps]
    arrows = [
        Arrow(link.from_, link.to, str(link.evidence or "?"), weak(link)) for link in theory.links
    ]
    heads = [w(f"theory.{kind}") for kind in KINDS]
    head = Named(f"theory-{theory.id}", title, _alternative(t, theory))
    drawn = drawing(t, Theory(head, boxes, arrows, heads))
    return Part(t.say(theory.what), [], [drawn], [_links(t, theory), _steps(t, theory)])


def _names(t: Told, theory: TheoryOfChange) -> dict[str, str]:
    return {step.id: t.say(step.what) for step in theory.steps}


def _alternative(t: Told, theory: TheoryOfChange) -> str:
    """The drawing in words, for whoever cannot see it."""
    names = _names(t, theory)
    return "; ".join(f"{names[link.from_]} → {names[link.to]}" for link in theory.links)


def _links(t: Told, theory: TheoryOfChange) -> Table:
    """Every link, the weakest first: what must hold, and how that is known."""
    names = _names(t, theory)
    links = sorted(theory.links, key=lambda link: -(link.evidence or 7))
    rows = [
        [f"{names[link.from_]} → {names[link.to]}", _assumed(t, link), _known(t, link),
         str(link.evidence or t.words("theory.unproven"))]
        for link in links
    ]  # fmt: skip
    heads = [t.words(f"head.{name}") for name in ("link", "assumed", "because", "evidence")]
    return Table("theory_links", heads, rows)


def _assumed(t: Told, link: Link) -> str:
    conditions = {condition.id: condition for condition in t.scenario.enabling_conditions}
    taken = [t.say(conditions[link.condition].what)] if link.condition in conditions else []
    return "; ".join([*filter(None, [t.say(link.assumption)]), *taken]) or "–"


def _known(t: Told, link: Link) -> str:
    source = t.words("source_is", source=t.cited(link.source)) if link.source else ""
    return " ".join(filter(None, [t.say(link.because), source])) or t.words("no_reason")


def _steps(t: Told, theory: TheoryOfChange) -> Table:
    """By what each change is measured, for whom it is, and which lines reckon with it."""
    rows: list[Row] = []
    for step in theory.steps:
        if step.kind in ("result", "outcome"):
            whose = t.stakeholder(step.stakeholder) if step.stakeholder else "–"
            lines = "; ".join(t.line(line) for line in step.feeds) or "–"
            rows.append([t.say(step.what), t.say(step.indicator) or "–", whose, lines])
    columns = ("step", "indicator", "stakeholder", "feeds")
    return Table("theory_steps", [t.words(f"head.{name}") for name in columns], rows)


def canvas(t: Told) -> Part | None:
    """The canvas in the order in which it is filled in, then what counts more than what."""
    found, w = t.scenario.canvas, t.words
    if found is None:
        return None
    said = [
        (name, getattr(found, name)) for name in ("intervention", "why", "expected_effect", "aim")
    ]
    rows = [[w(f"canvas.{name}"), t.say(text)] for name, text in said]
    rows += [[t.say(one.name), _worth(t, one)] for one in found.perspectives]
    tables = [Table("canvas", [w("head.canvas"), w("head.canvas_says")], rows)]
    after = []
    if found.more_than:
        ranked = [t.say(text) for text in found.more_than]
        after = [w("canvas.more_than", ranked=f"{w('canvas.before')} ".join(ranked))]
    return Part("", [w("canvas.reads")], [], tables, after)


def _worth(t: Told, one: Value) -> str:
    source = t.cited(one.source)
    said = t.say(one.worth)
    return f"{said} {t.words('source_is', source=source)}" if source else said
