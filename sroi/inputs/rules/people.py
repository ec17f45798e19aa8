"""The rules of who is counted: nobody twice, and no more people than there are."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.rules.checked import Checked
from sroi.inputs.scenario.scenario import Activity, Outcome
from sroi.problems import Problem

NEARLY_ALL = 0.8
# units of an activity that are people, or the household of one
PEOPLE = {
    "persoon", "person", "deelnemer", "participant", "bewoner", "resident", "inwoner", "oudere",
    "older person", "jongere", "young person", "kind", "child", "gezin", "family", "huishouden",
    "household", "mantelzorger", "carer", "cliënt", "client", "bezoeker", "visitor", "vrijwilliger",
    "volunteer", "leerling", "pupil", "ouder", "parent", "patiënt", "patient", "cursist", "student",
    "traject", "trajectory",
}  # fmt: skip


def who_comes_back_is_said(c: Checked) -> Iterator[Problem]:
    """returning-unsaid: of every activity in more than one year with effects that last longer"""
    for position, activity in enumerate(c.scenario.activities):
        longest = max((_longest(o) for o in _of(c, activity)), default=0.0)
        years = sum(size.reach != (0.0, 0.0) for size in _by_year(c, activity.volume))
        if activity.returning is None and longest > 1 and years > 1:
            where = ("activities", position)
            facts = {"id": activity.id, "lasts": f"{longest:.3g}"}
            yield c.warning("returning-unsaid", *where, at_key=True, **facts)


def no_more_people_than_there_are(c: Checked) -> Iterator[Problem]:
    """people-above-group, people-near-group: who is under an effect, in the worst year"""
    groups = {group.whom: group for group in c.scenario.target_groups}
    activities = {activity.id: activity for activity in c.scenario.activities}
    for (position,), outcome in ((path[1:], outcome) for path, outcome in c.outcomes()):
        group, activity = groups.get(outcome.stakeholder), activities.get(outcome.of)
        if group is None or activity is None or not _counts_people(activity):
            continue
        by_year = people_under_effect(c, activity, outcome)
        most = max(by_year)
        facts = {"id": outcome.id, "year": c.scenario.basis.first_year + by_year.index(most)}
        facts |= {"found": f"{most:.0f}", "people": f"{group.people:.0f}", "group": group.id}
        if most > group.people * (1 + 1e-9):
            yield c.error("people-above-group", "outcomes", position, at_key=True, **facts)
        elif most > NEARLY_ALL * group.people:
            yield c.warning("people-near-group", "outcomes", position, at_key=True, **facts)


def people_under_effect(c: Checked, activity: Activity, outcome: Outcome) -> list[float]:
    """People that an outcome still counts for, by year: of every year's people those for whom the
    effect lasts and who did not come back since. Drop-off is about the effect, not about people."""
    volumes = [size.middle for size in _by_year(c, activity.volume)]
    stays = 1 - (activity.returning.middle if activity.returning else 0.0)
    lasts = outcome.lasts.middle if outcome.lasts else 1.0
    found = [0.0] * len(volumes)
    for done, volume in enumerate(volumes):
        left = volume
        for age, year in enumerate(range(done, len(volumes))):
            if age and volumes[year]:
                left *= stays
            at = year + outcome.starts - 1
            if at < len(found):
                found[at] += left * min(max(lasts - age, 0.0), 1.0)
    return found


def _by_year(c: Checked, sizes: list[Quantity]) -> list[Quantity]:
    return sizes if len(sizes) > 1 else sizes * c.scenario.basis.years


def _of(c: Checked, activity: Activity) -> Iterator[Outcome]:
    return (outcome for _, outcome in c.outcomes() if outcome.of == activity.id)


def _longest(outcome: Outcome) -> float:
    return outcome.lasts.reach[1] if outcome.lasts else 1.0


def _counts_people(activity: Activity) -> bool:
    return bool({activity.unit.nl.casefold(), activity.unit.en.casefold()} & PEOPLE)


RULES = [who_comes_back_is_said, no_more_people_than_there_are]
