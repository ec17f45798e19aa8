"""A workbook to start from: the template of a programme, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sroi.inputs.library.library import Library
from sroi.inputs.text.yaml_text import parse
from sroi.report.words.words import LANGUAGES
from sroi.report.workbook.written import workbook


def started(text: str, library: Library, lang: str) -> bytes:
    """A workbook of the text of a new scenario, which says in which language it is."""
    data = {"language": lang} | parse(text.encode(), "").data
    return workbook(in_language(data, lang), library, lang).content


def in_language(data: Any, lang: str) -> Any:
    """The same with each text in one language, where it is there in both."""
    if isinstance(data, Mapping):
        if set(data) == set(LANGUAGES):
            return data[lang]
        return {key: in_language(part, lang) for key, part in data.items()}
    return [in_language(part, lang) for part in data] if isinstance(data, list) else data
