"""After how many years the costs of a scenario end, because every programme in it does."""

from __future__ import annotations

from sroi.inputs.quantity.quantity import Quantity
from sroi.inputs.scenario.scenario import Scenario


def costs_end(scenario: Scenario) -> int | None:
    """In years from the start; None where they go on: costs are those of the whole scenario, so
    they end where each of its ladders does and nothing else goes on."""
    ends = [ladder.intervention.programme_years for ladder in scenario.care_ladder]
    if not ends or None in ends or scenario.direct_shift or scenario.cohorts:
        return None
    last = max(years for years in ends if years is not None)
    in_euros = {outcome.of for outcome in scenario.outcomes if outcome.in_euros}
    volumes = [activity.volume for activity in scenario.activities if activity.id in in_euros]
    if last >= scenario.basis.years or any(goes_on(volume, last) for volume in volumes):
        return None
    return last


def goes_on(sizes: list[Quantity], years: int) -> bool:
    """Whether there is anything after so many years, of a number for all or for each of them."""
    later = sizes if len(sizes) == 1 else sizes[years:]
    return any(size.value != 0 for size in later)
