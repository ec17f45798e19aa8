"""What a path of the scenario file is about, in words: its line and its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.inputs.care.care_ladder import EXIT, RECENT, CareLadder
from sroi.inputs.care.cohort import Cohort
from sroi.inputs.scenario.uses import part_of
from sroi.report.told.names import Names

if TYPE_CHECKING:
    from sroi.inputs.scenario.scenario import Outcome

LISTS = ("tiers", "costs", "effects")
PLACES = ("tiers", "states")
BETWEEN = ("moves", "counts", "register")
WITH_A_PLACE = ("inflow", "start", "per_cycle", "with_programme")


def line_and_field(told: Names, path: str) -> tuple[str, str]:
    """The line that a path belongs to, and its field (with the year), in words."""
    if part := part_of(path):
        line, field = line_and_field(told, part.of)
        return line, f"{field}, {told.words(f'field.{part.name}')} {part.number}".rstrip()
    kind, key, *rest = path.split(".")
    if kind == "quantities":
        named = next(one for one in told.scenario.quantities if one.id == key)
        unit = f" ({told.thing(told.say(named.unit))})" if named.unit else ""
        field = told.words("field.quantities") + unit
        return told.say(named.what), " ".join([field, *rest])
    if kind == "proxies":
        return told.say(told.proxy(key).name), _field(told, kind, key, rest)
    noun = next(noun for noun in getattr(told.scenario, kind) if noun.id == key)
    if kind in ("care_ladder", "cohorts"):
        return _inside(told, noun, rest)
    return told.say(noun.what), _field(told, kind, key, rest)


def _field(told: Names, kind: str, key: str, rest: list[str]) -> str:
    """A field of the scenario file in words; a rate says of what and per what."""
    if (kind, rest[0]) != ("outcomes", "rate"):
        return _named(told, rest)
    return told.words("field.rate", measure=measure(told, told.outcome(key)))


def measure(told: Names, outcome: Outcome) -> str:
    """In what an effect is told, as `day per household`; `per household` without a unit."""
    unit = outcome.unit or (told.proxy(outcome.proxy).thing if outcome.proxy else "")
    per = told.unit_of(told.activities[outcome.of])
    words = "field.measure" if unit else "field.measure_per"
    return told.words(words, unit=told.thing(unit), per=per)


def _named(told: Names, rest: list[str]) -> str:
    """The last name of a path, with its year where it has one; the lag of money is its own."""
    name, *year = rest[-2:] if rest[-1].isdecimal() else rest[-1:]
    if rest[0] == "contracts" and name == "lag":
        return told.words("field.lag_of_money")
    return " ".join([told.words(f"field.{name}"), *year])


def _inside(told: Names, noun: Any, rest: list[str]) -> tuple[str, str]:
    """Of a care ladder or a cohort: which tier, state, cost or move.

    The name of the only ladder is left out: it is long, and says nothing.
    """
    names = {part.id: told.say(part.what) for name in PLACES for part in getattr(noun, name, ())}
    names |= {RECENT: told.words("care.recent"), EXIT: told.words("care.gone")}
    alone = isinstance(noun, CareLadder) and len(told.scenario.care_ladder) == 1
    line = told.words("care.the_ladder") if alone else told.say(noun.what)
    if rest[0] in LISTS:
        of = next(told.say(part.what) for part in getattr(noun, rest[0]) if part.id == rest[1])
        line, rest = of if alone else f"{line}: {of}", rest[2:]
    if isinstance(noun, Cohort):
        return line, _in_arm(told, noun, names, rest)
    *rest, year = rest if rest[-1].isdecimal() else [*rest, ""]
    return line, " ".join([_part(told, names, rest), year]).rstrip()


def _in_arm(told: Names, noun: Cohort, names: dict[str, str], rest: list[str]) -> str:
    """Of a cohort what a number is about, with the arm where it is of one of the others."""
    arms = {arm.id: told.say(arm.what) for arm in noun.arms}
    if rest[0] in ("arms", "by_arm"):
        return f"{arms[rest[1]]}: {_of_cohort(told, names, rest[2:])}"
    if rest[0] == "programme" and rest[1] in ("moves", "start"):
        return f"{told.words('arm.with')}: {_of_cohort(told, names, rest[1:])}"
    return _of_cohort(told, names, rest)


def _of_cohort(told: Names, names: dict[str, str], rest: list[str]) -> str:
    """Of a cohort what a number is about, with its cycle where it has one."""
    if rest[-1].isdecimal() and rest[-1] not in names:
        whole = _of_cohort(told, names, rest[:-1])
        return told.words("field.in_cycle", field=whole, cycle=rest[-1])
    if rest[0] in BETWEEN:
        return _chance(told, names, rest)
    if rest[0] == "on_move":
        facts = {"origin": names[rest[1]], "target": names[rest[2]]}
        return told.words("field.on_move", **facts)
    if rest[0] == "mortality":
        return told.words("field.deaths", state=names[rest[-1]])
    if len(rest) > 1 and rest[-2] in WITH_A_PLACE:
        return f"{told.words(f'field.{rest[-2]}')}: {names[rest[-1]]}"
    return _named(told, rest)


def _chance(told: Names, names: dict[str, str], rest: list[str]) -> str:
    """A chance to move, or a parameter of the distribution of the time until then."""
    if len(rest) == 3:
        return _move(told, names, rest, yearly=False)
    form, parameter = (told.words(f"time_to.{name}") for name in rest[3:])
    facts = {"origin": names[rest[1]], "target": names[rest[2]]}
    return told.words("field.time_to", **facts, form=form, parameter=parameter)


def _part(told: Names, names: dict[str, str], rest: list[str]) -> str:
    """Of a care ladder what a number is about, without its year."""
    if rest[0] in BETWEEN:
        if rest[:2] in (["register", "tiers"], ["register", "not_counted"]):
            return f"{told.words(f'calculation_register.{rest[3]}')}: {names[rest[2]]}"
        return _move(told, names, rest, yearly=rest[0] == "moves")
    if rest[0] == "inflow" and len(rest) == 3:  # of people whose number grows
        field = "field.inflow" if rest[2] == "start" else "field.growth"
        return f"{told.words(field)}: {names[rest[1]]}"
    if rest[1:2] in (["by_move"], ["by_tier"]):
        return _single(told, names, rest[1:])
    if len(rest) >= 2 and rest[-2] in WITH_A_PLACE:
        return f"{told.words(f'field.{rest[-2]}')}: {names[rest[-1]]}"
    return _named(told, rest)


def _single(told: Names, names: dict[str, str], rest: list[str]) -> str:
    """An effect on one move, or at the door of one tier."""
    if rest[0] == "by_move":
        facts = {"origin": names[rest[1]], "target": names[rest[2]]}
        return told.words("field.by_move", **facts)
    return f"{told.words(f'field.{rest[2]}')}: {names[rest[1]]}"


def _move(told: Names, names: dict[str, str], rest: list[str], yearly: bool) -> str:
    """Who goes where: as a yearly rate, or as a share of those who leave or of all in a cycle."""
    origin, target = rest[-2:]
    if yearly and target == EXIT:
        return told.words("field.exit", origin=names[origin])
    if origin == target:
        return told.words("field.stay", origin=names[origin])
    facts = {"origin": names[origin], "target": names[target]}
    return told.words("field.move" if yearly else "field.share", **facts)
