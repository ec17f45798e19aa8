"""What employees, clients and partners say of the outcomes, beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.evidence.elements import KNOWN, TEN, Element
from sroi.inputs.evidence.experience import (
    PERSPECTIVES,
    WORKS,
    Experience,
    Factor,
    Named,
    Recognition,
    interval,
    more_than_half,
)
from sroi.model.evidence.disclosure import SMALLEST
from sroi.report.figures.part import Part
from sroi.report.tables.tables import Row, Table
from sroi.report.told import small_cells
from sroi.report.told.told import Told

ANSWERS = ("more", "equal", "less")


def experience(t: Told) -> list[Part]:
    """Recognition by perspective, what stands out, how the shift is valued, and quotations."""
    found = t.scenario.experience
    if found is None:
        return []
    tables = [table for table in (_side_by_side(t, found), _clients(t, found)) if table.rows]
    parts = [Part("", list(_spoken(t, found)), [], tables, list(_remarks(t, found)))]
    if found.factors or any(new.works for new in found.new):
        parts.append(_factors(t, found))
    if found.shift:
        parts.append(_valued(t, found))
    quotes = [
        f"“{t.say(q.says)}” ({t.words(f'whose.{q.perspective}')})"
        for q in found.quotes
        if q.consent
    ]
    return [*parts, Part(t.words("experience.quotes"), quotes)] if quotes else parts


def _spoken(t: Told, found: Experience) -> Iterator[str]:
    n, w = t.numbers, t.words
    counts = [getattr(found.interviews, whose) for whose in PERSPECTIVES]
    told = [
        w("experience.spoken", count=_people(t, count), whose=w(f"whose.{whose}"))
        for whose, count in zip(PERSPECTIVES, counts, strict=True)
        if count
    ]
    yield w("experience.sample", spoken=n.list(told), because=t.say(found.because))
    if found.kappa is not None:
        yield w("experience.kappa", kappa=n.number(found.kappa, 2))


def _people(t: Told, count: float) -> str:
    """A number of people, where it may be told."""
    few = 0 < count < SMALLEST
    return t.words("few", most=SMALLEST) if few else t.numbers.number(count)


def _name(t: Told, key: str) -> str:
    """An outcome, or a step of the theory of change, in words."""
    names = {step.id: t.say(step.what) for one in t.scenario.theory_of_change for step in one.steps}
    return (names | {outcome.id: t.say(outcome.what) for outcome in t.scenario.outcomes})[key]


def _side_by_side(t: Told, found: Experience) -> Table:
    """Outcome by perspective: recognised, partly, not, contradicted or silent."""
    rows = [
        [_name(t, one.of), *(t.words(f"status.{found.status(one, w)}") for w in PERSPECTIVES)]
        for one in found.outcomes
    ]
    heads = [t.words("head.outcome"), *(t.words(f"whose.{whose}") for whose in PERSPECTIVES)]
    return Table("recognition", heads, rows)


def _clients(t: Told, found: Experience) -> Table:
    """Of every outcome the share of clients that names it, by the posterior of these interviews."""
    rows = [
        _share(t, one, one.client, found.interviews.client) for one in found.outcomes if one.client
    ]
    heads = [
        t.words(f"head.{name}")
        for name in ("outcome", "named", "share_named", "interval", "above_half")
    ]
    return Table("named_by_clients", heads, rows, frozenset({1, 2, 3, 4}))


def _share(t: Told, one: Recognition, named: Named, of: float) -> Row:
    """Counts below five are not printed, and then no share either, which would tell them."""
    n = t.numbers
    if 0 < named.mentioned < SMALLEST:
        return [_name(t, one.of), t.words("few", most=SMALLEST), "–", "–", "–"]
    mean, low, high = interval(named.mentioned, of)
    count = t.words("experience.of", count=n.number(named.mentioned), of=n.number(of))
    chance = n.chance(more_than_half(named.mentioned, of))
    return [
        _name(t, one.of),
        count,
        n.percent(mean),
        f"{n.percent(low)} – {n.percent(high)}",
        chance,
    ]


def _remarks(t: Told, found: Experience) -> Iterator[str]:
    """Blind spots, wishes and contradictions; silence is none of these."""
    w = t.words
    yield w("experience.silence")
    for new in found.new:
        if new.works:
            continue
        key = "blind_spot" if new.perspective == "client" else "new"
        yield w(f"experience.{key}", what=t.say(new.what), whose=w(f"whose.{new.perspective}"))
    for one in found.outcomes:
        client, employee = found.status(one, "client"), found.status(one, "employee")
        if employee == "recognised" and client == "not_recognised":
            yield w("experience.wish", what=_name(t, one.of))
        if client == "contradicted":
            yield w("experience.contradicted", what=_name(t, one.of))
    yield w("experience.weighed" if found.weight == "by_recognition" else "experience.unweighed")


def _factors(t: Told, found: Experience) -> Part:
    """Every condition of the scenario with what interviews say of it; and what it does not have."""
    w, said = t.words, {factor.of: factor for factor in found.factors}
    rows = [
        [t.say(one.what), *(_felt(t, said.get(one.id), whose) for whose in PERSPECTIVES)]
        for one in t.scenario.enabling_conditions
    ]
    heads = [w("head.condition"), *(w(f"whose.{whose}") for whose in PERSPECTIVES)]
    new = [
        w("experience.new_factor", whose=w(f"whose.{one.perspective}").capitalize(),
          what=t.say(one.what), works=w(f"works.{one.works}"))
        for one in found.new if one.works
    ]  # fmt: skip
    tables = [Table("factors", heads, rows)] if rows else []
    return Part(w("experience.factors"), [w("experience.factors_read")], [], tables, new)


def _felt(t: Told, factor: Factor | None, whose: str) -> str:
    """What one perspective says of a condition."""
    felt = getattr(factor, whose) if factor else None
    counts = {works: getattr(felt, works) for works in WORKS} if felt else {}
    told = [
        t.words("experience.felt", count=_people(t, count), works=t.words(f"works.{works}"))
        for works, count in counts.items()
        if count
    ]
    return t.numbers.list(told) if told else t.words("status.silent")


def _valued(t: Told, found: Experience) -> Part:
    """Whether the nearer support is worth more or less to residents than the care before it."""
    n, w = t.numbers, t.words
    counts = [getattr(found.shift, answer) for answer in ANSWERS]
    hidden = small_cells.told(counts)
    rows = []
    for answer, count, how in zip(ANSWERS, counts, hidden, strict=True):
        if any(hidden):
            told = w(how, most=SMALLEST) if how else n.number(count)
            rows.append([w(f"valued.{answer}"), told, "–", "–"])
            continue
        mean, low, high = interval(count, sum(counts), prior=1.0)
        spread = f"{n.percent(low)} – {n.percent(high)}"
        rows.append([w(f"valued.{answer}"), n.number(count), n.percent(mean), spread])
    heads = [w(f"head.{name}") for name in ("valued", "people", "share_named", "interval")]
    table = Table("shift_valued", heads, rows, frozenset({1, 2, 3}))
    return Part(w("experience.shift"), [w("experience.shift_reads")], [], [table])


def elements(t: Told) -> Part | None:
    """The ten essential elements: those of the scenario, and in a sentence what is left open."""
    w, named = t.words, {element.id: element for element in t.scenario.elements}
    if not named:
        return None
    rows = [_element(t, key, element) for key, element in named.items()]
    heads = [w(f"head.{name}") for name in ("element", "works_in", "takes", "presence")]
    said = [w("elements.reads"), *_left_open(t, set(named))]
    return Part("", said, [], [Table("elements", heads, rows)])


def _left_open(t: Told, named: set[str]) -> Iterator[str]:
    """How many of the ten are not filled in, and which of the public ones."""
    known = [t.say(what) for key, what in KNOWN.items() if key not in named]
    count = TEN - len(named)
    if count > 0 and known:
        facts = {"count": t.numbers.number(count), "known": t.numbers.list(known)}
        yield t.words("elements.open_known", **facts)
    elif count > 0:
        yield t.words("elements.open", count=t.numbers.number(count))


def _element(t: Told, key: str, element: Element) -> Row:
    n = t.numbers
    conditions = {one.id: t.say(one.what) for one in t.scenario.enabling_conditions}
    where = n.list([t.say(t.activities[one].what) for one in element.activities])
    takes = n.list([conditions[one] for one in element.conditions])
    scores = [f"{team} {n.number(score)}" for team, score in element.presence.items()]
    what = t.say(element.what) or t.say(KNOWN.get(key))
    return [what, where or "–", takes or "–", n.list(scores) or "–"]
