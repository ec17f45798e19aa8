"""Scrambled Sobol points: bit by bit those of scipy.stats.qmc, which takes half a second to load.

Directions of Joe & Kuo (2008), SIAM Journal on Scientific Computing 30(5), from the table that
comes with scipy; scrambled by a linear matrix and a digital shift, Matoušek (1998), Journal of
Complexity 14(4). A test holds them to scipy's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import scipy
from numpy.typing import NDArray

Array = NDArray[np.float64]
Bits = NDArray[np.uint32]
BITS = 30
WEIGHTS = 2 ** np.arange(BITS, dtype=np.uint32)
TABLE = f"{scipy.__path__[0]}/stats/_sobol_direction_numbers.npz"


def sobol_points(
    rng: np.random.Generator,
    size: int,
    dimensions: int,
    taken: Sequence[int] | None = None,
    part: range | None = None,
) -> Array:
    """Points (dimension, draw), each in the middle of its cell of 2⁻³⁰: never 0 or 1.

    `size`: a power of two. `taken`: the numbers of the dimensions that are wanted, or all. `part`:
    which of the points; as many as a power of two, from a multiple of that.
    """
    part = range(size) if part is None else part
    rows = slice(None) if taken is None else list(taken)
    shift = (rng.integers(2, size=(dimensions, BITS), dtype=np.uint32) @ WEIGHTS)[rows]
    matrix = rng.integers(2, size=(dimensions, BITS, BITS), dtype=np.uint32)[rows]
    matrix = np.tril(matrix, -1) + np.eye(BITS, dtype=np.uint32)
    places = np.empty((len(shift), len(part)), dtype=np.uint32)
    mixed = _mixed(matrix, _directions(dimensions, size)[rows]).T
    places[:, 0] = shift ^ _at(part.start, mixed)
    for bit, direction in enumerate(mixed[: len(part).bit_length() - 1]):
        # in the order of a Gray code: as what is there, from back to front, with one more bit
        count = 1 << bit
        places[:, count : 2 * count] = places[:, count - 1 :: -1] ^ direction[:, None]
    unit: NDArray[np.float64] = (places + 0.5).astype(np.float64, copy=False)
    unit *= 2.0**-BITS
    return unit


def _at(number: int, mixed: Bits) -> Bits:
    """What the directions (bit, dimension) come to at one point: those of its Gray code."""
    code = number ^ number >> 1
    chosen = mixed[[bit for bit in range(len(mixed)) if code >> bit & 1]]
    return np.asarray(np.bitwise_xor.reduce(chosen, axis=0, dtype=np.uint32))


def _mixed(matrix: Bits, directions: Bits) -> Bits:
    """Directions (dimension, bit) with their digits mixed by a matrix (dimension, to, from)."""
    first_to_last = np.arange(BITS - 1, -1, -1, dtype=np.uint32)
    digits = directions[:, None, :] >> first_to_last[:, None] & 1
    # few enough to be counted exactly in floats, which is how matrices are multiplied fastest
    mixed = (matrix.astype(np.float32) @ digits.astype(np.float32)).astype(np.uint32) & 1
    return np.asarray((mixed << first_to_last[:, None]).sum(axis=1, dtype=np.uint32))


@lru_cache(maxsize=8)
def _directions(dimensions: int, size: int) -> Bits:
    """The directions (dimension, bit) that so many points need."""
    count = size.bit_length() - 1
    try:
        with np.load(TABLE) as table:
            polynomials = table["poly"][:dimensions].tolist()
            starts = table["vinit"][:dimensions].tolist()
    except (OSError, KeyError):  # another scipy may keep it elsewhere
        return _by_scipy(dimensions, count)
    found = np.ones((dimensions, count), dtype=np.uint32)
    for row, (polynomial, start) in enumerate(zip(polynomials, starts, strict=True)):
        if row:  # the first direction has ones only
            found[row] = _recurred(polynomial, start, count)
    return np.asarray(found << np.arange(BITS - 1, BITS - 1 - count, -1, dtype=np.uint32))


def _recurred(polynomial: int, start: list[int], count: int) -> list[int]:
    """So many numbers of a direction, from its first ones and a polynomial over bits."""
    degree = polynomial.bit_length() - 1
    numbers = start[:degree]
    while len(numbers) < count:
        number = numbers[-degree]
        for back in range(1, degree + 1):
            if polynomial >> (degree - back) & 1:
                number ^= numbers[-back] << back
        numbers.append(number)
    return numbers[:count]


def _by_scipy(dimensions: int, count: int) -> Bits:
    """The same, from points that are not scrambled."""
    from scipy.stats import qmc

    points = qmc.Sobol(dimensions, scramble=False).random(1 << count)
    places = (points * 2**BITS).astype(np.uint32)
    powers = 1 << np.arange(count)
    return np.asarray((places[powers] ^ places[powers - 1]).T)
