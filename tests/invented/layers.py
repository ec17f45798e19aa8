"""Layers over the small library of `reviews`, and reviews to put into them."""

from pathlib import Path
from typing import Any

from reviews import library_in

from sroi.inputs.library.layer import seen_of
from sroi.inputs.library.layered import layered
from sroi.inputs.library.library import Library, read_library
from sroi.inputs.library.used_library import as_text
from sroi.inputs.text.yaml_text import Document, parse


def small_library(folder: Path) -> Library:
    """The small library, with prices `uur`, `kaal`, `tussen`, `plat` and `scheef`."""
    return read_library(library_in(folder / "proxies"))


def said(library: Library, price: str, by: str, on: str = "2026-03-01", **more: Any) -> dict:
    """A review of a price as it is in a library; `becomes` and `note` as in the file."""
    seen = seen_of(library.proxies[price])
    return {"price": price, "status": "checked", "by": by, "on": on, "seen": seen} | more


def layer_of(*reviews: dict, **more: Any) -> Document:
    """The file with these reviews."""
    return parse(as_text({"reviews": list(reviews)} | more, "Laag").encode(), "laag.yaml")


def over(library: Library, *reviews: dict, **more: Any) -> Library:
    """A library with such a layer over it."""
    return layered(library, layer_of(*reviews, **more))


OWN = {
    "id": "eigen-uur", "name": "Eigen uur", "value": "50", "unit": "EUR/uur", "price_year": "2024",
    "payers": {"gemeente": "100%"}, "cash": "soft", "source": "contract[bijlage 2]",
    "cost_concept": "marginal", "provenance": "first-hand", "evidence": "A",
    "review": {"status": "checked", "by": "Controller (fictief)", "on": "2026-02-01"},
}  # fmt: skip
CONTRACT = {"id": "contract", "type": "report", "title": "Contract (verzonnen)"}
