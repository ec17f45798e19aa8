"""How a report looks: in the house colour, or in the colour of an organisation and with its logo.

Charts are drawn in the house colours, whoever they are for. The accent and its tint are changed in
the finished drawing, so that no chart has to know of an organisation.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sroi.inputs.brand.brand import LONGEST_NAME, Brand
from sroi.inputs.brand.colour import WHITE, mixed, readable
from sroi.inputs.brand.picture import redrawn
from sroi.inputs.text.nouns import Text
from sroi.report.charts.palette import ACCENT, TINT

TAG = re.compile(r"<[a-zA-Z][^>]*>")


@dataclass(frozen=True)
class Look:
    """Colours of a report, and the name and the logo (PNG) that stand on it."""

    accent: str = ACCENT
    tint: str = TINT
    name: str = ""
    logo: bytes = b""

    @property
    def logo_address(self) -> str:
        """The logo as an address that carries it along."""
        return f"data:image/png;base64,{base64.b64encode(self.logo).decode()}"

    def painted(self, svg: str) -> str:
        """A drawing in these colours: only in its elements, never in a text that names one."""
        return TAG.sub(self._in_colour, svg) if self.accent != ACCENT else svg

    def _in_colour(self, tag: re.Match[str]) -> str:
        return (
            tag[0].replace(f'"{ACCENT}"', f'"{self.accent}"').replace(f'"{TINT}"', f'"{self.tint}"')
        )


HOUSE = Look()


def look_of(brand: Brand | None, lang: str) -> Look:
    """The look that an organisation asks for; without a colour of its own it keeps the house's."""
    if brand is None:
        return HOUSE
    accent = brand.accent or ACCENT
    tint = mixed(WHITE, accent, 0.07) if brand.accent else TINT
    return Look(accent, tint, brand.name.in_(lang), brand.logo)


def as_data(look: Look) -> dict[str, str]:
    """What makes a look again; nothing for that of the house."""
    if look == HOUSE:
        return {}
    logo = base64.b64encode(look.logo).decode()
    return {"name": look.name, "accent": look.accent, "logo": logo}


def look_in(data: Mapping[str, Any]) -> Look:
    """The look that such data make, trusted no more than a file. Raises `ValueError`."""
    if not data:
        return HOUSE
    name, accent, logo = data["name"], data["accent"], data["logo"]
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        raise ValueError("not as sroi writes it")
    image = redrawn(base64.b64decode(logo, validate=True)) if logo else b""
    own = "" if accent == ACCENT else readable(accent)
    return look_of(Brand(Text(nl=name, en=name), own, image), "nl")
