"""A pilot as it goes into a scenario: each effect with its band, its reason, source and grade, and
how far each condition held where that was scored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sroi.analysis.pilot.found import LadderEffect, PilotEffect
from sroi.analysis.pilot.guards import barred
from sroi.analysis.pilot.moving_along import UNSCORED, MovingAlong, Presence
from sroi.inputs.files.ladder_edit import LadderEffects
from sroi.inputs.quantity.covered import Range, spread
from sroi.inputs.quantity.quantity import FRACTION, HAZARD_RATIO
from sroi.model.pilot.cut import far_end
from sroi.problems import Problem, Unusable
from sroi.report.pilot.pilot_told import PilotTold, pilot_told
from sroi.report.words.words import LANGUAGES

WEAKENS = {"pilot-placebo", "pilot-leans-on-one", "pilot-leans-on-few", "pilot-second-opinion"}
MOST_WIDENING = 10.0  # extra people for each who comes straight into heavy care
SEEN, WORST = 5, 6  # grades of evidence: measured and not compared; assumed


def in_ladder(
    found: PilotEffect, reference: float | None, along: MovingAlong = UNSCORED
) -> LadderEffects:
    """What goes into a ladder, and into the conditions.

    Raises `Unusable` where nothing may: pilot-not-written.
    """
    reasons = barred(found)
    written = [effect for effect in found.effects if not reasons[effect.follows]]
    if not written:
        codes = sorted({code for codes in reasons.values() for code in codes})
        told = ", ".join(codes) or "pilot-no-comparison"
        facts = {"reasons": told}
        raise Unusable(
            Problem("pilot-not-written", file=found.described.document.file, facts=facts)
        )
    key = f"pilot-{found.described.pilot.pilot}"[:64].rstrip("-")
    place = Path(found.described.document.file).name.translate(str.maketrans("[]", "()"))
    in_each = {lang: pilot_told(found, lang) for lang in LANGUAGES}
    effects: dict[str, dict[str, Any]] = {
        e.name: _effect(found, e, in_each, f"{key}[{place}]") for e in written
    }
    if "diversion" in effects or "net_widening" in effects:
        effects["needs_heavy_care"] = _none_needs_it(in_each, f"{key}[{place}]", found)
    held = {one.condition: _held(found, one, in_each, f"{key}[{place}]") for one in along.presences}
    note = " ".join(told.words("pilot_written.source_note") for told in in_each.values())
    source = {"id": key, "type": "dataset", "title": in_each[LANGUAGES[0]].title, "note": note}
    said = None if reference is None else f"{reference:.2f}"
    return LadderEffects(effects, said, source, held)


def _held(
    found: PilotEffect, one: Presence, in_each: dict[str, PilotTold], source: str
) -> dict[str, Any]:
    """How far a condition held, as a range of what it may be; a number by itself where it was
    scored in one neighbourhood."""
    share = one.share
    whole = share.low < share.high
    sizes, covers = _sized(share.low, share.value, share.high, FRACTION) if whole else ({}, False)
    return {
        **({name: f"{size * 100:.2f}%" for name, size in sizes.items()}
           or {"value": f"{share.value * 100:.2f}%"}),
        **({"covers": "95%"} if covers else {}),
        "because": {lang: _scored(told, one) for lang, told in in_each.items()},
        "source": source,
        "evidence": str(WORST if found.described.pilot.simulated else SEEN),
    }  # fmt: skip


def _scored(told: PilotTold, one: Presence) -> str:
    """The reason of what was scored as it stands in a scenario."""
    pilot, w = told.found.described.pilot, told.words
    facts = {"title": pilot.title.in_(w.lang), "count": len(one.places), "quarters": one.quarters}
    parts = [w("pilot_written.simulated")] if pilot.simulated else []
    return " ".join([*parts, w("pilot_written.scored", **facts)]).replace("\u00a0", " ")


def _effect(
    found: PilotEffect, effect: LadderEffect, in_each: dict[str, PilotTold], source: str
) -> dict[str, Any]:
    """A range that covers 95 %; where it is cut to what a ladder can hold, one with its far end."""
    sizes, covers = _range(effect)
    return {
        **{name: _number(effect, size) for name, size in sizes.items()},
        **({"covers": "95%"} if covers else {}),
        "because": {lang: because(told, effect) for lang, told in in_each.items()},
        "source": source,
        "evidence": str(_grade(found, effect)),
    }


def _range(effect: LadderEffect) -> tuple[dict[str, float], bool]:
    """Low, best and high as a ladder can hold them, and whether they cover 95 %."""
    return _sized(effect.low, effect.value, effect.high, _domain(effect))


def _sized(
    least: float, middle: float, most: float, domain: tuple[float, float]
) -> tuple[dict[str, float], bool]:
    low, best, high = (_cut(size, domain) for size in (least, middle, most))
    whole = Range(low, best, high)
    if low < high and spread(whole, 0.95, domain).inside(domain):
        return {"low": low, "best": best, "high": high}, True
    if low == domain[0] < high < domain[1]:
        high = _cut(far_end(low, best, high), domain)
    elif low > domain[0] and high == domain[1]:
        low = _cut(far_end(high, best, low), domain)
    return {"low": low, "best": best, "high": high}, False


def _domain(effect: LadderEffect) -> tuple[float, float]:
    if effect.name.startswith("hazard"):
        return HAZARD_RATIO
    return FRACTION if effect.name == "diversion" else (0.0, MOST_WIDENING)


def _within(effect: LadderEffect, size: float) -> float:
    return _cut(size, _domain(effect))


def _cut(size: float, domain: tuple[float, float]) -> float:
    return min(max(size, domain[0]), domain[1])


def _number(effect: LadderEffect, size: float) -> str:
    """As a file writes it; never with three decimals alone, as in a thousand."""
    return f"{size:.4f}" if effect.name.startswith("hazard") else f"{size * 100:.2f}%"


def because(told: PilotTold, effect: LadderEffect) -> str:
    """The reason of an effect as it stands in a scenario."""
    w, places = told.words, told.found.places
    facts = {"title": told.found.described.pilot.title.in_(w.lang), "pilots": len(places.pilots)}
    facts |= {"comparison": len(places.comparison), "quarters": len(places.quarters)}
    parts = [w("pilot_written.simulated")] if told.found.described.pilot.simulated else []
    parts += [w("pilot_written.because", **facts), told.sentence(effect)]
    outside = [size for size in (effect.low, effect.value) if size != _within(effect, size)]
    if outside or effect.high != _within(effect, effect.high):
        parts.append(w("pilot_written.cut"))
    if effect.name == "diversion":
        parts.append(w("pilot_written.net"))
    return " ".join(parts).replace("\u00a0", " ")


def _none_needs_it(
    in_each: dict[str, PilotTold], source: str, found: PilotEffect
) -> dict[str, Any]:
    """Of those who come extra nobody is counted in heavy care: `diversion` is net of them."""
    told = {lang: one.words("pilot_written.needs") for lang, one in in_each.items()}
    return {"value": "0", "because": told, "source": source, "evidence": str(found.evidence)}


def _grade(found: PilotEffect, effect: LadderEffect) -> int:
    """One weaker where something speaks against the effect."""
    against = any(
        p.code in WEAKENS and p.facts.get("move") == effect.follows for p in found.problems
    )
    return min(WORST, found.evidence + against)
