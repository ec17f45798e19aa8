"""The rules of care ladders: their tiers, who moves between them, and the register behind that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from sroi.inputs.care.by_year import Growing, sizes
from sroi.inputs.care.care_ladder import EXIT, RECENT, CareLadder, Counts, Register
from sroi.inputs.quantity.quantity import HAZARD_RATIO, YEARLY_RATE, Quantity
from sroi.inputs.rules.care import DOOR, certainly, highest, stated
from sroi.inputs.rules.checked import Checked
from sroi.inputs.text.yaml_text import Path_
from sroi.problems import Problem, nearest

LIGHT, HEAVY, DIVERTED = 1, 2, {2, 3}
IMBALANCE = 0.01
ROUNDS = 200  # people go through tiers that nobody counts so many times at most
COUNTED = ("begin", "inflow", "outflow", "end")
Named = Iterator[tuple[Path_, str, list[str]]]


def ladders(c: Checked) -> Iterator[tuple[Path_, CareLadder]]:
    """Every ladder with its place."""
    for number, ladder in enumerate(c.scenario.care_ladder):
        yield ("care_ladder", number), ladder


def registers(c: Checked) -> Iterator[tuple[Path_, CareLadder, Register]]:
    """Every register with its place, and its ladder."""
    for path, ladder in ladders(c):
        if ladder.register_:
            yield (*path, "register"), ladder, ladder.register_


def tiers_are_known(c: Checked) -> Iterator[Problem]:
    """tier-unknown"""
    for path, ladder in ladders(c):
        for where, name, known in _unknown(ladder):
            facts = {"id": name, "ladder": ladder.id, "nearest": nearest(name, known)}
            yield c.error("tier-unknown", *path, *where, at_key=True, **facts)


def _unknown(ladder: CareLadder) -> Named:
    """Every name in a ladder that is no tier of it: its place, itself, and what it may be."""
    return (found for found in _named(ladder) if found[1] not in found[2])


def _named(ladder: CareLadder) -> Named:
    tiers = [tier.id for tier in ladder.tiers]
    start = ladder.start if isinstance(ladder.start, dict) else {}
    recent = [RECENT] if ladder.relapse else []
    yield from ((("inflow", name), name, tiers) for name in ladder.inflow)
    yield from ((("start", name), name, [*tiers, *recent]) for name in start)
    yield from _in_rows(("moves",), ladder.moves, tiers)
    effects = ladder.intervention
    yield from _in_rows(("intervention", "by_move"), effects.by_move, tiers, end=False)
    at_the_door = ("intervention", "by_tier")
    yield from (((*at_the_door, name), name, tiers) for name in effects.by_tier)
    if ladder.register_:
        register = ladder.register_
        for key in ("tiers", "not_counted"):
            names = getattr(register, key)
            yield from ((("register", key, name), name, tiers) for name in names)
        yield from _in_rows(("register", "split"), register.split, tiers)
        yield from _in_rows(("register", "split_counts"), register.split_counts, tiers)


def _in_rows(
    place: Path_, rows: Mapping[str, Mapping[str, object]], tiers: list[str], end: bool = True
) -> Named:
    to = [*tiers, EXIT] if end else tiers
    for origin, row in rows.items():
        yield (*place, origin), origin, tiers
        yield from (((*place, origin, name), name, to) for name in row)


def nobody_moves_to_the_same_tier(c: Checked) -> Iterator[Problem]:
    """move-to-itself: on a ladder and in a cohort, where who does not move stays"""
    rows: list[tuple[Path_, Mapping[str, Mapping[str, object]]]]
    rows = [((*path, "moves"), ladder.moves) for path, ladder in ladders(c)]
    for number, cohort in enumerate(c.scenario.cohorts):
        of: Path_ = ("cohorts", number)
        rows.append(((*of, "moves"), cohort.moves))
        if cohort.programme:
            rows.append(((*of, "programme", "moves"), cohort.programme.moves))
        rows += [((*of, "arms", n, "moves"), arm.moves) for n, arm in enumerate(cohort.arms)]
    for path, _, register in registers(c):
        rows += [((*path, key), getattr(register, key)) for key in ("split", "split_counts")]
    for path, table in rows:
        for origin in [origin for origin, row in table.items() if origin in row]:
            yield c.error("move-to-itself", *path, origin, origin, at_key=True, id=origin)


def flows_have_every_year(c: Checked) -> Iterator[Problem]:
    """years-count, of who comes in and who moves"""
    years = c.scenario.basis.years
    for path, ladder in ladders(c):
        flows: list[tuple[Path_, str, object]] = [
            (("inflow", tier), tier, one) for tier, one in ladder.inflow.items()
        ]
        for origin, row in ladder.moves.items():
            flows += [(("moves", origin, to), f"{origin}: {to}", x) for to, x in row.items()]
        for where, name, one in flows:
            if isinstance(one, list) and len(one) != years:
                facts = {"id": name, "found": len(one), "expected": years, "key": where[0]}
                yield c.error("years-count", *path, *where, **facts)


def single_effects_have_a_place(c: Checked) -> Iterator[Problem]:
    """move-missing, of a ratio of a single move; by-tier-light, diversion-without-tier"""
    for path, ladder in ladders(c):
        if list(_unknown(ladder)):
            continue
        where, levels = (*path, "intervention"), {tier.id: tier.level for tier in ladder.tiers}
        for origin, row in ladder.intervention.by_move.items():
            for target in [target for target in row if target not in _places(ladder, origin)]:
                facts = {"id": ladder.id, "one": origin, "other": target}
                yield c.error(
                    "move-missing", *where, "by_move", origin, target, at_key=True, **facts
                )
        for name in ladder.intervention.by_tier:
            facts = {"id": ladder.id, "key": "by_tier"}
            if levels[name] < HEAVY:
                yield c.error("by-tier-light", *where, "by_tier", name, at_key=True, tier=name)
            elif LIGHT not in levels.values():
                at = (*where, "by_tier", name)
                yield c.error("diversion-without-tier", *at, at_key=True, **facts)


def _places(ladder: CareLadder, tier: str) -> set[str]:
    """Where people of a tier may go."""
    register = ladder.register_
    counted = {**register.split, **register.split_counts}.get(tier, {}) if register else {}
    return {*ladder.moves.get(tier, {}), *(place for place, count in counted.items() if count > 0)}


def tiers_are_in_order(c: Checked) -> Iterator[Problem]:
    """tiers-order, tier-reserved"""
    for path, ladder in ladders(c):
        for position, (lighter, tier) in enumerate(pairwise(ladder.tiers), 1):
            if tier.level < lighter.level:
                facts = {"id": tier.id, "level": tier.level, "other": lighter.id}
                facts["lighter"] = lighter.level
                yield c.error("tiers-order", *path, "tiers", position, "level", **facts)
        for position, tier in enumerate(ladder.tiers):
            if tier.id in (EXIT, RECENT):
                yield c.error("tier-reserved", *path, "tiers", position, "id", id=tier.id)


def ladders_have_the_tiers_they_need(c: Checked) -> Iterator[Problem]:
    """tiers-without-heavy, diversion-without-tier, relapse-without-tier"""
    for path, ladder in ladders(c):
        levels = {tier.level for tier in ladder.tiers}
        if max(levels) < HEAVY:
            yield c.error("tiers-without-heavy", *path, "tiers", at_key=True, id=ladder.id)
            continue
        programme = ladder.intervention
        for key in stated(programme, DOOR):
            nothing = certainly(getattr(programme, key), 0)
            if not nothing and not (LIGHT in levels and levels & DIVERTED):
                where = (*path, "intervention", key)
                yield c.error("diversion-without-tier", *where, at_key=True, id=ladder.id, key=key)
        if ladder.relapse and (ladder.tiers[0].level > 0 or HEAVY not in levels):
            yield c.error("relapse-without-tier", *path, "relapse", at_key=True, id=ladder.id)


def flows_are_given_once(c: Checked) -> Iterator[Problem]:
    """flows-form, inflow-missing, observed-without-register"""
    for path, ladder in ladders(c):
        if bool(ladder.moves) == bool(ladder.register_) or (ladder.register_ and ladder.inflow):
            where = (*path, "register") if ladder.register_ else path
            yield c.error("flows-form", *where, at_key=True, id=ladder.id)
        elif not (ladder.register_ or ladder.inflow or isinstance(ladder.start, dict)):
            yield c.error("inflow-missing", *path, at_key=True, id=ladder.id)
        if ladder.start == "observed" and not ladder.register_:
            yield c.error("observed-without-register", *path, "start", id=ladder.id)


def everyone_can_leave(c: Checked) -> Iterator[Problem]:
    """tier-stuck: without a way out more and more people come in, and there is no steady state"""
    for path, ladder in ladders(c):
        if bool(ladder.moves) == bool(ladder.register_) or list(_unknown(ladder)):
            continue
        free, ways = {EXIT}, _without_return(ladder, _ways(ladder))
        while more := {tier for tier in ways if tier not in free and ways[tier] & free}:
            free |= more
        for position, tier in enumerate(ladder.tiers):
            if tier.id not in free:
                yield c.error("tier-stuck", *path, "tiers", position, at_key=True, id=tier.id)


def _ways(ladder: CareLadder) -> dict[str, set[str]]:
    """Where people of every tier go, as far as that is more than nobody."""
    tiers = [tier.id for tier in ladder.tiers]
    if ladder.register_:
        shares = {tier: ladder.register_.shares(tier) for tier in tiers}
        return {
            tier: {place for place, share in row.items() if share > 0}
            | ({EXIT} if sum(row.values()) < 1 - 1e-9 else set())
            for tier, row in shares.items()
        }
    rows = {tier: ladder.moves.get(tier, {}) for tier in tiers}
    return {
        tier: {place for place, rate in row.items() if all(map(_moves, sizes(rate)))}
        for tier, row in rows.items()
    }


def _without_return(ladder: CareLadder, ways: dict[str, set[str]]) -> dict[str, set[str]]:
    """The ways, where everybody who leaves heavy care for the first tier relapses: that is none."""
    if ladder.relapse is None or 1 not in (ladder.relapse.value, ladder.relapse.best):
        return ways
    first, heavy = ladder.tiers[0].id, {tier.id for tier in ladder.tiers if tier.level >= HEAVY}
    return {tier: out - {first} if tier in heavy else out for tier, out in ways.items()}


def _moves(rate: Quantity) -> bool:
    """Whether a rate is above 0 in the central case, so that there is a way."""
    return 0 not in (rate.value, rate.best)


def registers_are_complete(c: Checked) -> Iterator[Problem]:
    """register-tier-missing, row-twice"""
    for path, ladder, register in registers(c):
        known = {*register.tiers, *register.not_counted}
        missing = [tier.id for tier in ladder.tiers if tier.id not in known]
        for tier in [] if list(_unknown(ladder)) else missing:
            yield c.error("register-tier-missing", *path, "tiers", at_key=True, id=tier)
        yield from rows_once(
            c, path, ("split", register.split), ("split_counts", register.split_counts)
        )


def what_is_not_counted_is_assumed(c: Checked) -> Iterator[Problem]:
    """not-counted-twice, not-counted-form, not-counted-certain"""
    for path, _, register in registers(c):
        for tier, one in register.not_counted.items():
            where = (*path, "not_counted", tier)
            if tier in register.tiers:
                yield c.error("not-counted-twice", *where, at_key=True, id=tier)
            elif (one.people is None) == (one.new is None):
                yield c.error("not-counted-form", *where, at_key=True, id=tier)
            for key in ("stays", "people"):
                size = getattr(one, key)
                if size is not None and not size.uncertain:
                    yield c.warning("not-counted-certain", *where, key, id=tier, key=key)


def rows_once(
    c: Checked, path: Path_, one: tuple[str, Iterable[str]], other: tuple[str, Iterable[str]]
) -> Iterator[Problem]:
    """row-twice: a row that stands both in `one` and in `other`, two keys with their rows."""
    for name in [name for name in one[1] if name in other[1]]:
        facts = {"id": name, "one": one[0], "other": other[0]}
        yield c.error("row-twice", *path, other[0], name, at_key=True, **facts)


def registers_add_up(c: Checked) -> Iterator[Problem]:
    """register-imbalance; and number-out-of-range for who hardly stays at all"""
    for path, _, register in registers(c):
        for tier, counts in register.tiers.items():
            begin, new, out, last = (counts.middle(name) for name in COUNTED)
            where, end = (*path, "tiers", tier), begin + new - out
            most, highest_out = _fastest_outflow(register, counts), counts.reach("outflow")[1]
            if highest_out > most:
                facts = {"found": _people(highest_out), "limit": f"≤ {_people(most)}"}
                yield c.error("number-out-of-range", *where, "outflow", key="outflow", **facts)
            elif abs(end - last) > IMBALANCE * last:
                facts = {"id": tier, "end": _people(end), "found": _people(last)}
                yield c.warning("register-imbalance", *where, at_key=True, **facts)


def _fastest_outflow(register: Register, counts: Counts) -> float:
    fewest = counts.reach("begin")[0] + counts.reach("end")[0]
    return YEARLY_RATE[1] * register.period * fewest / 2


def registers_leave_room_for_new_people(c: Checked) -> Iterator[Problem]:
    """inflow-negative: more people come from other tiers than the register saw come in"""
    for path, _, register in registers(c):
        counted = register.tiers.items()
        if any(x.reach("outflow")[1] > _fastest_outflow(register, x) for _, x in counted):
            continue
        out = _leaving(register)
        known = {tier: (counts.middle("inflow"), "tiers") for tier, counts in counted}
        known |= {
            tier: (out[tier], "not_counted")
            for tier, one in register.not_counted.items()
            if one.people is not None and tier not in register.tiers
        }
        for tier, (new, key) in known.items():
            moved = sum(some * register.shares(i).get(tier, 0.0) for i, some in out.items())
            if moved > new * (1 + 1e-9):
                facts = {"id": tier, "moved": _people(moved), "inflow": _people(new)}
                facts["amount"] = _people(moved - new)
                yield c.error("inflow-negative", *path, key, tier, at_key=True, **facts)


def _leaving(register: Register) -> dict[str, float]:
    """About how many people leave each tier in a period; where nobody counted them and nothing is
    said of how many there are, as many as come in."""
    out = {tier: counts.middle("outflow") for tier, counts in register.tiers.items()}
    follows = dict[str, float]()
    for tier, one in register.not_counted.items():
        if one.people is not None:
            out[tier] = one.people.middle / one.stays.middle * register.period
        else:
            follows[tier] = one.new.middle * register.period if one.new else 0.0
    found = dict(follows)
    for _ in range(ROUNDS if follows else 0):
        whole = out | found
        found = {
            tier: new + sum(n * register.shares(i).get(tier, 0.0) for i, n in whole.items())
            for tier, new in follows.items()
        }
    return out | found


def _people(count: float) -> str:
    """A number of people as text, with two decimals where it has them."""
    return f"{count:.2f}".rstrip("0").rstrip(".")


def work(c: Checked) -> int:
    """How much the ladders take for each draw: moves and tiers, in every piece of every step.

    A step is a quarter of a year, and is cut in pieces where people leave a tier fast.
    """
    total = 0.0
    for _, ladder in ladders(c):
        moves = sum(len(row) for row in ladder.moves.values()) or len(ladder.tiers) ** 2
        pieces = max(1.0, _fastest(ladder) * HAZARD_RATIO[1] / 2)
        runs = 1 if ladder.start == "steady_state" and not _changing(ladder) else 2
        years = c.scenario.basis.years + (ladder.intervention.counts_on or 0)
        total += 4 * years * (moves + len(ladder.tiers)) * pieces * runs
    return int(total)


def _changing(ladder: CareLadder) -> bool:
    """Whether its flows differ by year."""
    flows = [
        *ladder.inflow.values(),
        *(rate for row in ladder.moves.values() for rate in row.values()),
    ]
    return any(isinstance(one, Growing | list) for one in flows)


def _fastest(ladder: CareLadder) -> float:
    """The highest yearly rate at which people may leave a tier without the programme."""
    speeds = [sum(_highest(rate) for rate in row.values()) for row in ladder.moves.values()]
    if ladder.register_:
        period = ladder.register_.period
        counts = ladder.register_.tiers.values()
        for x in counts:
            fewest = (x.reach("begin")[0] + x.reach("end")[0]) / 2
            speeds.append(x.reach("outflow")[1] / fewest / period)
        speeds += [1 / x.stays.reach[0] for x in ladder.register_.not_counted.values()]
    return min(max(speeds, default=0.0), YEARLY_RATE[1] * len(ladder.tiers))


def _highest(rate: Quantity | list[Quantity]) -> float:
    return max(map(highest, sizes(rate)))


RULES = [
    tiers_are_known,
    nobody_moves_to_the_same_tier,
    flows_have_every_year,
    single_effects_have_a_place,
    tiers_are_in_order,
    ladders_have_the_tiers_they_need,
    flows_are_given_once,
    everyone_can_leave,
    registers_are_complete,
    what_is_not_counted_is_assumed,
    registers_add_up,
    registers_leave_room_for_new_people,
]
