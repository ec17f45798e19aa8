"""A page of the report as a reader finds it, and scenarios that try what a page must survive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from models_in_memory import Record
from valuations import (
    RANGE,
    small,
)  # fmt: skip

LANGS = pytest.mark.parametrize("lang", ["nl", "en"])


VOID = {"meta", "br", "hr", "img", "link", "input"}


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}{% raw %}",
    "</style></title>\"'>&lt;",
)


@dataclass
class Read(HTMLParser):
    """A page as a browser reads it: elements with their attributes, and texts with their place."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    path: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.path = (*self.path, tag)

    def handle_endtag(self, tag):
        assert self.path[-1] == tag, f"</{tag}> where {self.path} is open"
        self.path = self.path[:-1]

    def handle_data(self, data):
        self.texts.append((self.path, data.replace("\u2060", "")))  # a joiner cannot be seen

    def text(self, *inside: str) -> str:
        """All words, but for styles and scripts, or those inside an element."""
        wanted = [
            words for path, words in self.texts
            if not {"style", "script", "svg"} & {*path} and all(tag in path for tag in inside)
        ]  # fmt: skip
        return re.sub(r"[ \n]+", " ", " ".join(wanted))

    def attributes(self, name: str) -> Iterator[str]:
        """Every value of an attribute."""
        return (attributes[name] for _, attributes in self.elements if name in attributes)


def read(content: str) -> Read:
    """A page, of which every element that is opened is closed."""
    reader = Read()
    reader.feed(content)
    assert reader.path == ()
    return reader


def told_everywhere(text: str) -> Record:
    """A scenario that says the same wherever a text may stand."""
    scenario = small(outcomes__rate=RANGE | {"because": text})
    for name in ("title", "question", "organisation", "commissioner", "null_alternative"):
        scenario[name] = text
    scenario["conditions"] = scenario["limitations"] = [text]
    scenario["outcomes"][0]["what"] = scenario["activities"][0]["what"] = text
    scenario["investment"][0]["what"] = scenario["stakeholders"][0]["name"] = text
    scenario["sources"][0]["title"] = text
    scenario["proxies"][0]["name"] = scenario["activities"][0]["unit"] = text
    scenario["payers"] = [{"id": "fonds", "name": text, "public": "false"}]
    scenario["investment"][0]["payer"] = "fonds"
    return scenario
