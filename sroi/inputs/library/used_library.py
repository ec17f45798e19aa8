"""The part of the price library that a scenario uses, as one file: what a report takes along.

Its keys are the names of the library's files; under each stands what the file would hold:

```yaml
ouderenzorg: {theme: ouderenzorg, name: …, proxies: […]}
sources: {sources: […]}
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import yaml

from sroi.inputs.library.library import Library, library_of
from sroi.inputs.library.series import CONSUMER_PRICES
from sroi.inputs.text.nouns import REFERENCE
from sroi.inputs.text.yaml_text import Document, parse
from sroi.problems import Unusable

# who pays, and what to hold a result against: short, and looked up without being named
WHOLE = ("payers", "reference_class")


class Writer(yaml.SafeDumper):
    """Writes text without quotes where it can: to our reader every scalar is text.

    What is there twice is written twice, because that reader takes no references.
    """

    yaml_implicit_resolvers = {}

    def ignore_aliases(self, _data: Any) -> bool:
        """All of it."""
        return True


# what stands there plain and empty would be a field that was left open
Writer.add_representer(
    str, lambda w, text: w.represent_scalar("tag:yaml.org,2002:str", text, None if text else "'")
)


def used_files(scenario: Any, library: Library) -> dict[str, Any]:
    """The library's files with the entries that a scenario names, and those that these name.

    `scenario`: the data of its file, so that what only a variant uses is in it as well; or a list
    of those of several.
    """
    entries: dict[str, list[Any]] = defaultdict(list)
    for entry in (entry for shelf in _shelves(library.files) for entry in shelf):
        entries[_key(entry)].append(entry)
    reached: set[str] = set()
    found = {CONSUMER_PRICES, *_names([_said(scenario), _whole(library)])}
    while found - reached:
        reached |= found
        found = {name for key in found & set(entries) for name in _names(entries[key])}
    return {
        name: kept
        for name, data in library.files.items()
        if (kept := data if name in WHOLE else _kept(data, reached))
    }


def as_text(files: dict[str, Any], remark: str) -> str:
    """The files as one, under a remark."""
    text = yaml.dump(files, Dumper=Writer, allow_unicode=True, sort_keys=False, width=100)
    return f"# {remark}\n{text}"


def read_used(content: bytes, file: str) -> Library:
    """The library in such a file. Raises `Unusable` with all problems."""
    document = parse(content, file)
    problems = list(document.problems)
    if not isinstance(document.data, dict):
        raise Unusable(*problems, document.problem("mapping-expected", (), found="…", key=file))
    parts = {name: _part(document, name) for name in document.data}
    library = library_of(parts, problems)
    if problems:
        raise Unusable(*problems)
    return library


def _part(document: Document, name: str) -> Document:
    """What stands under a key, as a document; its places are those in the whole."""
    keys, values = (
        {path[1:]: place for path, place in places.items() if path[:1] == (name,)}
        for places in (document.keys, document.values)
    )
    data = document.data[name]
    return Document(f"{name}.yaml", document.lines, data, keys=keys, values=values)


def _shelves(files: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """Every list of entries with an id."""
    for data in files.values():
        yield from (part for part in data.values() if isinstance(part, list))


def _key(entry: dict[str, Any]) -> str:
    """What an entry is reached by; a review in a layer by the price that it is about."""
    return str(entry.get("id") or entry["price"])


def _said(scenario: Any) -> Any:
    """A scenario, or several, without the names of variants, which may be those of starting
    points."""
    if isinstance(scenario, list):
        return [_said(one) for one in scenario]
    if isinstance(scenario, dict) and isinstance(scenario.get("variants"), dict):
        return scenario | {"variants": list(scenario["variants"].values())}
    return scenario


def _whole(library: Library) -> list[Any]:
    return [library.files.get(name) for name in WHOLE]


def _kept(data: dict[str, Any], reached: set[str]) -> dict[str, Any]:
    """A file with those of its entries that were reached, or nothing where there are none."""
    kept = {
        key: [x for x in part if _key(x) in reached] if isinstance(part, list) else part
        for key, part in data.items()
    }
    return kept if any(isinstance(part, list) and part for part in kept.values()) else {}


def _names(data: Any) -> Iterator[str]:
    """Every key and text that may be an id, or the id of a source before the place in it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _names(key)
            yield from _names(value)
    elif isinstance(data, list):
        for value in data:
            yield from _names(value)
    elif isinstance(data, str) and (found := REFERENCE.fullmatch(data)):
        yield found["key"]
