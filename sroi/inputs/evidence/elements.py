"""The essential elements of social work: ten were found in a study, four of which are public.

"Het geheim van sociaal werk" (Tinten with a lectorate of NHL Stenden and the UMCG, symposium 2022)
names four of its ten elements on its public page; the report itself was not read. The other six are
for whoever has it to fill in.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sroi.inputs.text.nouns import Id, Noun, Text
from sroi.inputs.text.numerals import Whole

TEN = 10
KNOWN = {
    "professioneel-gedrag": Text(nl="Professioneel gedrag", en="Professional conduct"),
    "samen-een-weg-zoeken": Text(
        nl="Samen met klanten een weg naar verbetering zoeken",
        en="Looking for a way forward together with clients",
    ),
    "basismethodiek": Text(nl="Basismethodiek", en="A basic method"),
    "brede-kennis": Text(
        nl="Brede multidisciplinaire kennis", en="Broad multidisciplinary knowledge"
    ),
}
Score = Annotated[Whole, Field(ge=0, le=4)]


class Element(Noun):
    """An element: where it works, and how present it is in each team (0 absent to 4 fully there).

    `what` may be left out for one of the four that are known.
    """

    id: Id
    what: Text | None = None
    activities: Annotated[list[Id], Field(max_length=20)] = []
    conditions: Annotated[list[Id], Field(max_length=20)] = []
    presence: Annotated[dict[str, Score], Field(max_length=40)] = {}
