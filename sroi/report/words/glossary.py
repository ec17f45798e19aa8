"""The terms of the field, explained in a sentence or two: for `explain` and for the report."""

from __future__ import annotations

from dataclasses import dataclass

from sroi.problems import Problem, Unusable, nearest
from sroi.report.words.words import catalogue


@dataclass(frozen=True)
class Entry:
    """A term with its meaning, the word in the scenario file, and other words for it."""

    key: str
    term: str
    meaning: str
    also: tuple[str, ...] = ()


def glossary(lang: str) -> list[Entry]:
    """All terms, in the order of the alphabet of the language."""
    entries = [
        Entry(key, entry["term"], entry["meaning"], tuple(entry.get("also", ())))
        for key, entry in catalogue("glossary", lang).items()
    ]
    return sorted(entries, key=lambda entry: entry.term.lower())


def used_in(page: str, lang: str) -> list[Entry]:
    """The terms that a page uses, by one of their names; the others would only be in the way."""
    text = page.lower()
    return [
        entry
        for entry in glossary(lang)
        if any(name.strip().lower() in text for name in (*entry.term.split("/"), *entry.also))
    ]


def explain(term: str, lang: str) -> Entry:
    """The entry for a term, in either language or as the file spells it. Raises `Unusable`."""
    wanted = term.strip().lower().replace("-", "_")
    names: dict[str, str] = {}
    for spoken in (lang, "nl", "en"):
        for entry in glossary(spoken):
            for name in (entry.key, entry.term, *entry.also):
                names.setdefault(name.lower().replace("-", "_"), entry.key)
    key = names.get(wanted)
    if key is None:
        facts = {"term": term[:80], "nearest": nearest(wanted, names)}
        raise Unusable(Problem("term-unknown", facts=facts))
    return next(entry for entry in glossary(lang) if entry.key == key)
