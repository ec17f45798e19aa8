"""Quantiles without a table, for many scenarios of which a draw or two is looked at."""

from collections.abc import Callable

import numpy as np
import pytest

Array = np.ndarray


def _exact(
    from_below: Callable[..., Array],
    from_above: Callable[..., Array],
    shape: tuple[float, ...],
    start: float,
    scale: float,
) -> Callable[[Array], Array]:
    """What `tabulated` is a table of: a point on either side is taken from its own end."""

    def ppf(u: Array) -> Array:
        near, far = from_below(*shape, np.minimum(u, 0.5)), from_above(*shape, 1 - u)
        return start + scale * np.where(u < 0.5, near, far)

    return ppf


@pytest.fixture
def without_tables(monkeypatch) -> None:
    """A table of four thousand quantiles takes longer than all else of a draw.

    `test_distributions` holds that the table is the function; here the function itself is enough.
    """
    monkeypatch.setattr("sroi.model.uncertain.distributions.tabulated", _exact)
