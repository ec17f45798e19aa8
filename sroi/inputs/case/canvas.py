"""The Social Profit Canvas: the intervention in the middle, and what it is worth to whom around it.

The published names of the layers were not read; the names here are those of whoever fills it in.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sroi.inputs.text.nouns import Noun, Reference, Text


class Value(Noun):
    """What the intervention is worth from one perspective, in words."""

    name: Text
    worth: Text
    source: Reference | None = None


class Canvas(Noun):
    """The canvas. `more_than`: values that stay out of euros, the one that counts most first."""

    intervention: Text
    why: Text
    expected_effect: Text
    aim: Text
    perspectives: Annotated[list[Value], Field(max_length=12)] = []
    more_than: Annotated[list[Text], Field(max_length=12)] = []
