"""The sizes that a price is written with, by name, and a size as it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sroi.inputs.quantity.quantity import FORMS, Quantity
from sroi.inputs.text.numerals import AMBIGUOUS

SIZES = ("value", "low", "high")
RANGE, ENDS = {"value", "low", "high"}, {"low", "high"}


def sizes_of(quantity: Quantity) -> dict[str, float]:
    """The best guess and the ends of a price, as far as it is written with them."""
    if quantity.form == "uniform" and quantity.uniform:
        return {"low": quantity.uniform[0], "high": quantity.uniform[1]}
    found = {"value": quantity.best if quantity.form == "best" else quantity.value}
    found |= {"low": quantity.low, "high": quantity.high}
    return {name: size for name, size in found.items() if size is not None}


def numeral(size: float) -> str:
    """A number as the library writes it; two decimals for cents, and never to be misread."""
    text = f"{Decimal(repr(float(size))).normalize():f}"
    short = "." in text and len(text.partition(".")[2]) == 1
    return text + "0" if short or AMBIGUOUS.fullmatch(text) else text


def in_order(sizes: Mapping[str, float]) -> bool:
    """Whether sizes make a price: one number, two ends, or a range around a best guess."""
    told = [sizes[name] for name in ("low", "value", "high") if name in sizes]
    flat = set(sizes) == ENDS and sizes["low"] == sizes["high"]
    return set(sizes) in ({"value"}, ENDS, RANGE) and told == sorted(told) and not flat


def resized(quantity: Quantity, sizes: Mapping[str, float]) -> Iterator[tuple[str, str, str]]:
    """The sizes that are other ones than those of a price: name, as it was, and as it is now."""
    old = sizes_of(quantity)
    for name, size in sizes.items():
        if old.get(name) != size:
            yield name, numeral(old[name]) if name in old else "", numeral(size)


def with_sizes(quantity: Quantity, sizes: Mapping[str, float]) -> Quantity:
    """The same quantity with other sizes, which are in order; what is said of it stays."""
    bare: dict[str, object] = {**dict.fromkeys(FORMS), "low": None, "high": None}
    if set(sizes) == ENDS:
        bare["uniform"] = [sizes["low"], sizes["high"]]
    elif set(sizes) == RANGE:
        bare |= {"best": sizes["value"], "low": sizes["low"], "high": sizes["high"]}
    else:
        bare["value"] = sizes["value"]
    return quantity.model_copy(update=bare)
