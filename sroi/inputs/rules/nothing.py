"""The rule of outcomes in euros that come to nothing, whatever is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.rules.care import certainly
from sroi.inputs.rules.checked import Checked
from sroi.inputs.scenario.scenario import CORRECTIONS, Outcome
from sroi.problems import Problem


def what_is_in_euros_counts_for_something(c: Checked) -> Iterator[Problem]:
    """counts-for-nothing: with the field by which it does"""
    for path, outcome in c.outcomes():
        if outcome.in_euros and (key := _by(c, outcome)):
            place = path if key == "volume" else (*path, key)
            yield c.warning("counts-for-nothing", *place, id=outcome.id, key=key)


def _by(c: Checked, outcome: Outcome) -> str:
    """The first field by which all is nothing; empty where something is left, or where a correction
    takes all of it for a reason that stands there."""
    if certainly(outcome.rate, 0):
        return "rate"
    if certainly(outcome.lasts, 0):
        return "lasts"
    for key in CORRECTIONS:
        part = getattr(outcome, key)
        if certainly(part, 1) and part.because is None:
            return key
    proxy = c.library.proxies.get(outcome.proxy or "")
    if isinstance(outcome.value, Quantity):
        return "value" if certainly(outcome.value, 0) else _volume(c, outcome)
    return "proxy" if proxy and certainly(proxy.value, 0) else _volume(c, outcome)


def _volume(c: Checked, outcome: Outcome) -> str:
    """Whether nobody is reached in any year of which the effect is counted."""
    basis = c.scenario.basis
    last = basis.years if basis.horizon == "count" else basis.years - outcome.starts + 1
    for activity in c.scenario.activities if last > 0 else ():
        if activity.id == outcome.of:
            yearly = activity.volume if len(activity.volume) > 1 else activity.volume * basis.years
            return "volume" if all(certainly(one, 0) for one in yearly[:last]) else ""
    return ""


RULES = [what_is_in_euros_counts_for_something]
