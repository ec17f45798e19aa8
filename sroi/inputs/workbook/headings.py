"""What sheets, blocks, columns and choices are called: written in one language, read in both."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sroi import shipped
from sroi.inputs.text.yaml_text import read
from sroi.inputs.workbook.fields import Field
from sroi.inputs.workbook.layout import EXPLANATION, PRICE_LIST, SHEETS, Block

LANGUAGES = ("nl", "en")
BETWEEN = " · "


@cache
def names(lang: str) -> Any:
    """The file of names in a language."""
    return read(shipped.folder("templates") / f"workbook.{lang}.yaml").data


def folded(text: str) -> str:
    """A name as it is compared: case and spaces aside."""
    return " ".join(text.casefold().split())


def sheet_name(key: str, lang: str) -> str:
    """What a sheet is called."""
    return str(names(lang)["sheets"][key])


def block_title(block: Block, lang: str) -> str:
    """What stands above a block."""
    return str(names(lang)["blocks"][block.name])


def field_name(block: Block, name: str, lang: str) -> str:
    """What a field of a block is called, or a key in front; nothing for what has no name."""
    own = names(lang)["own_names"].get(f"{block.name}.{name}")
    return str(own or names(lang)["fields"].get(name, name)) if name else ""


def part_name(part: str, lang: str) -> str:
    """What a part of a quantity is called, or of a text: the other language."""
    base, _, other = part.partition(" ")
    name = str(names(lang)["parts"][base])
    return f"{name} ({names(lang)['parts'][other]})" if other else name


def choice(block: Block, field: Field, word: str, lang: str) -> str:
    """A word of the file in the language of the workbook; itself where it needs no other."""
    own = names(lang)["own_choices"].get(f"{block.name}.{word}")
    return str(own or names(lang)["choices"].get(word, word)) if word in field.choices else word


def chosen(block: Block, field: Field, text: str) -> str:
    """The word of the file that a choice stands for; itself where it stands for none."""
    for word in field.choices:
        known = {word, *(choice(block, field, word, lang) for lang in LANGUAGES)}
        if folded(text) in map(folded, known):
            return word
    return text


def yes_or_no(text: str) -> str:
    """`true` or `false` for yes and no in either language; itself for anything else."""
    for key, word in (("yes", "true"), ("no", "false")):
        if folded(text) in [folded(names(lang)[key]) for lang in LANGUAGES]:
            return word
    return text


@cache
def known_sheets() -> dict[str, str]:
    """The key of each sheet by its names."""
    keys = [*(sheet.name for sheet in SHEETS), EXPLANATION, PRICE_LIST]
    return {folded(sheet_name(key, lang)): key for lang in LANGUAGES for key in keys}


def language_of(sheets: Iterable[str]) -> str:
    """The language in which most sheets of a workbook are called."""
    named = {folded(name) for name in sheets}
    spoken = {
        lang: len(named & {folded(sheet_name(sheet.name, lang)) for sheet in SHEETS})
        for lang in LANGUAGES
    }
    return max(LANGUAGES, key=spoken.__getitem__)
