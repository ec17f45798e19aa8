"""The sections of a page on the preventive shift."""

from collections.abc import Iterable
from functools import cache

from pages_read import Read, read
from told_by_hand import web_page


@cache
def page(name: str, lang: str = "nl") -> Read:
    """A report as a browser reads it."""
    return read(web_page(name, lang))


def sections(name: str, lang: str = "nl", tags: Iterable[str] = ("section", "h3")) -> list[str]:
    """The ids of the sections and of what stands in them, in their order."""
    return [
        attributes["id"]
        for tag, attributes in page(name, lang).elements
        if tag in tags and "id" in attributes
    ]
