"""The rules of what people say: of outcomes that there are, and coded alike by two people; and of
the elements of the work."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.evidence.elements import KNOWN
from sroi.inputs.evidence.experience import ENOUGH_AGREEMENT, FEW, NEW_FROM
from sroi.inputs.rules.checked import Checked
from sroi.inputs.text.reading import unknown
from sroi.problems import Problem


def named_outcomes_are_known(c: Checked) -> Iterator[Problem]:
    """recognised-unknown, condition-unknown"""
    found = c.scenario.experience
    if found is None:
        return
    known = [outcome.id for outcome in c.scenario.outcomes]
    known += [step.id for theory in c.scenario.theory_of_change for step in theory.steps]
    places = [(("outcomes", n), one.of) for n, one in enumerate(found.outcomes)]
    places += [(("quotes", n), one.of) for n, one in enumerate(found.quotes) if one.of]
    for path, key in places:
        yield from unknown("recognised", key, known, ("experience", *path, "of"), c.document)
    conditions = [one.id for one in c.scenario.enabling_conditions]
    for n, factor in enumerate(found.factors):
        place = ("experience", "factors", n, "of")
        yield from unknown("condition", factor.of, conditions, place, c.document)


def coders_agree(c: Checked) -> Iterator[Problem]:
    """coders-disagree"""
    found = c.scenario.experience
    if found is not None and found.kappa is not None and found.kappa < ENOUGH_AGREEMENT:
        facts = {"found": f"{found.kappa:.2f}", "least": ENOUGH_AGREEMENT}
        yield c.warning("coders-disagree", "experience", "kappa", **facts)


def what_is_new_is_added(c: Checked) -> Iterator[Problem]:
    """outcome-left-out, condition-left-out"""
    found = c.scenario.experience
    for position, one in enumerate(found.new if found else []):
        if one.mentioned == FEW or one.mentioned >= NEW_FROM:
            path = ("experience", "new", position)
            yield c.warning(
                "condition-left-out" if one.works else "outcome-left-out",
                *path,
                what=one.what.in_("nl"),
            )


def quotes_have_consent(c: Checked) -> Iterator[Problem]:
    """quote-without-consent"""
    found = c.scenario.experience
    for position, one in enumerate(found.quotes if found else []):
        if not one.consent:
            yield c.warning("quote-without-consent", "experience", "quotes", position, "consent")


def elements_are_known(c: Checked) -> Iterator[Problem]:
    """element-nameless, activity-unknown, condition-unknown"""
    known = {
        "activities": ("activity", [activity.id for activity in c.scenario.activities]),
        "conditions": ("condition", [one.id for one in c.scenario.enabling_conditions]),
    }
    for position, element in enumerate(c.scenario.elements):
        if element.what is None and element.id not in KNOWN:
            facts = {"id": element.id, "known": ", ".join(KNOWN)}
            yield c.error("element-nameless", "elements", position, "id", **facts)
        for field, (what, ids) in known.items():
            for place, key in enumerate(getattr(element, field)):
                path = ("elements", position, field, place)
                yield from unknown(what, key, ids, path, c.document)


RULES = [
    named_outcomes_are_known,
    coders_agree,
    what_is_new_is_added,
    quotes_have_consent,
    elements_are_known,
]
