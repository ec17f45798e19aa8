"""The rules of who is counted: nobody twice, and no more people than there are."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.rules.care import effects
from sroi.inputs.rules.checked import Checked
from sroi.inputs.scenario.scenario import Activity, Outcome
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem

NEARLY_ALL = 0.8
# units of an activity that count people, or the households of people
PEOPLE = frozenset(
    """persoon personen mens mensen bewoner bewoners inwoner inwoners deelnemer deelnemers bezoeker
    bezoekers vrijwilliger vrijwilligers cliënt cliënten patiënt patiënten cursist cursisten
    leerling leerlingen student studenten kind kinderen jongere jongeren oudere ouderen ouder ouders
    mantelzorger mantelzorgers gezin gezinnen huishouden huishoudens traject trajecten
    person persons people resident residents participant participants visitor visitors volunteer
    volunteers client clients patient patients pupil pupils students child children parent parents
    carer carers family families household households trajectory trajectories""".split()  # noqa: SIM905
) | {"older person", "older people", "young person", "young people"}  # fmt: skip


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
    """people-above-group, people-near-group: who is under an effect, in the worst year; and
    volume-above-group, of an activity where that is not told of one of its outcomes"""
    told: set[str] = set()
    for key, problem in _under_effect(c):
        told |= {key} if problem.code == "people-above-group" else set()
        yield problem
    people = sum(group.people for group in c.scenario.target_groups)
    for position, activity in enumerate(c.scenario.activities):
        if people and counts_people(activity) and activity.id not in told:
            yield from _volumes_above(c, position, activity, people)


def _under_effect(c: Checked) -> Iterator[tuple[str, Problem]]:
    """What is wrong with an outcome of which activity."""
    groups = {group.whom: group for group in c.scenario.target_groups}
    activities = {activity.id: activity for activity in c.scenario.activities}
    for (position,), outcome in ((path[1:], outcome) for path, outcome in c.outcomes()):
        group, activity = groups.get(outcome.stakeholder), activities.get(outcome.of)
        if group is None or activity is None or not counts_people(activity):
            continue
        by_year = people_under_effect(c, activity, outcome)
        most = max(by_year)
        facts = {"id": outcome.id, "year": c.scenario.basis.first_year + by_year.index(most)}
        facts |= {"found": f"{most:.0f}", "people": f"{group.people:.0f}", "group": group.id}
        where: Path_ = ("outcomes", position)
        if most > group.people * (1 + 1e-9):
            yield activity.id, c.error("people-above-group", *where, at_key=True, **facts)
        elif most > NEARLY_ALL * group.people:
            yield activity.id, c.warning("people-near-group", *where, at_key=True, **facts)


def _volumes_above(
    c: Checked, position: int, activity: Activity, people: float
) -> Iterator[Problem]:
    """volume-above-group: in which years more people are counted than all groups have together"""
    for place, size in volumes(position, activity):
        if size.middle > people:
            facts = {"id": activity.id, "unit": activity.unit.nl or activity.unit.en}
            facts |= {"found": f"{size.middle:_.0f}", "people": f"{people:_.0f}"}
            yield c.warning("volume-above-group", *place, **facts)


def volumes(position: int, activity: Activity) -> Iterator[tuple[Path_, Quantity]]:
    """Every volume of an activity, and where it stands."""
    path: Path_ = ("activities", position, "volume")
    several = len(activity.volume) > 1
    for number, size in enumerate(activity.volume):
        yield (*path, number) if several else path, size


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


def counts_people(activity: Activity) -> bool:
    """Whether the unit of an activity is people, or the households of people."""
    return bool({activity.unit.nl.casefold(), activity.unit.en.casefold()} & PEOPLE)


def nobody_is_counted_in_two_parts(c: Checked) -> Iterator[Problem]:
    """same-people-unsaid: of care of people who have another ladder, direct shift or outcome in
    euros as well, and none of whom says how many they share"""
    known = list(effects(c))
    whose = [_stakeholder(c, path) for path, _, _ in known]
    said = [effect.counted_elsewhere is not None for _, _, effect in known]
    for number, (path, name, _) in enumerate(known):
        before = [
            known[other][1]
            for other in range(number)
            if whose[other] == whose[number] and not said[other]
        ]
        others = [*before, *(o.id for o in c.scenario.outcomes if _in_euros_of(o, whose[number]))]
        if others and not said[number]:
            facts = {"id": name, "other": others[0]}
            yield c.warning("same-people-unsaid", *path, at_key=True, **facts)


def _in_euros_of(outcome: Outcome, stakeholder: str) -> bool:
    return outcome.in_euros and outcome.stakeholder == stakeholder


def _stakeholder(c: Checked, path: Path_) -> str:
    """Whose care it is that stands at a path of the file."""
    kind, number = path[:2]
    return str(getattr(c.scenario, str(kind))[number].stakeholder)


RULES = [
    who_comes_back_is_said,
    no_more_people_than_there_are,
    nobody_is_counted_in_two_parts,
]
