"""The text catalogues: every sentence a person reads, in Dutch and in English."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from sroi import shipped

LANGUAGES = ("nl", "en")
Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@lru_cache
def catalogue(name: str, lang: str) -> dict[str, Any]:
    """A catalogue of the folder `templates`: `text`, `problems` or `help`."""
    path = shipped.folder("templates") / f"{name}.{lang}.yaml"
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Words:
    """Sentences by key: `words("page.contents")`, with facts filled in."""

    lang: str
    name: str = "text"

    def __call__(self, key: str, **facts: object) -> str:
        found: Any = catalogue(self.name, self.lang)
        for step in key.split("."):
            found = found[step]
        return found.format(**facts) if facts else str(found)

    def has(self, key: str) -> bool:
        """Whether there is such a key."""
        found: Any = catalogue(self.name, self.lang)
        for step in key.split("."):
            if not isinstance(found, dict) or step not in found:
                return False
            found = found[step]
        return True


def language(asked: str | None = None, scenario: str | None = None) -> str:
    """The language to speak: as asked, else the scenario's, else the machine's."""
    for wish in (asked, scenario):
        if wish in LANGUAGES:
            return str(wish)
    spoken = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "en" if spoken.startswith("en") else "nl"
