"""How an organisation looks: the small file with its name, its colour and its logo.

```yaml
name: Voorbeeldwelzijn
accent: 7a1f5c
logo: logo.png
```
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from sroi.inputs.brand import picture
from sroi.inputs.brand.colour import readable
from sroi.inputs.text.content import content_of
from sroi.inputs.text.nouns import Noun, Text
from sroi.inputs.text.reading import nouns_of
from sroi.inputs.text.yaml_text import Document, Finding, read
from sroi.problems import Problem, Unusable

LONGEST_NAME = 80


@dataclass(frozen=True)
class Brand:
    """The name of an organisation, its colour (`#7a1f5c`) and its logo (PNG), where it has them."""

    name: Text
    accent: str = ""
    logo: bytes = b""


def _short(text: Text) -> Text:
    if max(len(text.nl), len(text.en)) > LONGEST_NAME:
        raise PydanticCustomError("text-too-long", "", {"most": LONGEST_NAME})
    return text


class BrandFile(Noun):
    """The file as it is written. `logo`: a picture beside the file or in a folder below it."""

    name: Annotated[Text, AfterValidator(_short)]
    accent: Annotated[str, BeforeValidator(readable)] | None = None
    logo: str | None = None


def read_brand(path: Path) -> Brand:
    """Read a brand file and its logo. Raises `Unusable` with every problem of the file."""
    document = read(path)
    written, problems = nouns_of(BrandFile, document)
    if written is None:
        raise Unusable(*(_meant(problem, document) for problem in problems))
    logo = _logo(written.logo, path.parent, document) if written.logo else b""
    return Brand(written.name, written.accent or "", logo)


def _meant(problem: Problem, document: Document) -> Problem:
    """Of `accent: #7a1f5c` YAML takes all from the # on for a comment; say that instead."""
    path = problem.path if isinstance(problem, Finding) else ()
    commented = "#" in problem.excerpt.partition(":")[2]
    if problem.code == "field-empty" and path == ("accent",) and commented:
        return document.problem("colour-unquoted", path, True)
    return problem


def _logo(name: str, folder: Path, document: Document) -> bytes:
    """The logo, drawn anew. Raises `Unusable` where it lies elsewhere or is no picture."""
    above = os.path.realpath(folder)
    found = Path(os.path.realpath(folder / name))
    if not found.is_relative_to(above):
        raise _wrong("logo-outside", name, document)
    if not os.path.isfile(found):  # noqa: PTH113 - of a name that cannot exist it says no
        raise _wrong("logo-missing", name, document)
    content = content_of(found, picture.MOST_BYTES)
    if len(content) > picture.MOST_BYTES:
        raise _wrong("logo-too-large", name, document)
    try:
        return picture.redrawn(content)
    except ValueError:
        raise _wrong("logo-unreadable", name, document) from None


def _wrong(code: str, name: str, document: Document) -> Unusable:
    return Unusable(document.problem(code, ("logo",), found=name[:80], most=picture.MOST_BYTES))
