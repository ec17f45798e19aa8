"""The lists of sources can be read by whatever reads CSL, such as Zotero and pandoc.

The types and fields below were typed over from the schema of CSL 1.0.2, at
https://github.com/citation-style-language/schema: the types from schemas/styles/csl-types.rnc, the
variables from schemas/styles/csl-variables.rnc, the forms of names and dates from
schemas/input/csl-data.json.
"""

from __future__ import annotations

from typing import Any

import yaml
from quick_yaml import SafeLoader

from sroi import shipped
from sroi.inputs.library.library import Source


def words(text: str) -> set[str]:
    """The words of a text."""
    return set(text.split())


TYPES = words(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture
    musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song
    speech standard thesis treaty webpage"""
)
DATES = words("accessed available-date event-date issued original-date submitted")
NAMES = words(
    """author chair collection-editor compiler composer container-author contributor curator
    director editor editor-translator editorial-director executive-producer guest host
    illustrator interviewer narrator organizer original-author performer producer recipient
    reviewed-author script-writer series-creator translator"""
)
NUMBERS = words(
    """chapter-number citation-number collection-number edition first-reference-note-number issue
    locator number number-of-pages number-of-volumes page page-first part-number
    printing-number section supplement-number version volume"""
)
TITLES = words(
    """collection-title container-title original-title part-title reviewed-title title
    volume-title title-short container-title-short"""
)
STRINGS = words(
    """abstract annote archive archive_collection archive_location archive-place authority
    call-number citation-key citation-label dimensions division DOI event event-title
    event-place genre ISBN ISSN jurisdiction keyword language license medium note
    original-publisher original-publisher-place PMCID PMID publisher publisher-place
    references reviewed-genre scale source status URL year-suffix"""
)
NAME_PARTS = {"family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"}
FILES = [shipped.folder("proxies") / "sources.yaml", *sorted(shipped.folder("scenarios").glob("*"))]


def entries() -> list[dict[str, Any]]:
    """Of the library and the shipped scenarios, as any reader of YAML has them."""
    read = [
        yaml.load(path.read_text("utf-8"), SafeLoader) for path in FILES if path.suffix == ".yaml"
    ]
    return [entry for file in read for entry in file.get("sources", [])]


def test_every_entry_is_csl() -> None:
    """Type, names of fields, and the forms of texts, names and dates."""
    for entry in entries():
        is_csl(entry)


def is_csl(entry: dict[str, Any]) -> None:
    assert entry["type"] in TYPES
    for field in set(entry) - {"id", "type"}:
        said = entry[field]
        if field in DATES:
            is_date(said)
        elif field in NAMES:
            is_names(said)
        else:
            assert field in NUMBERS | TITLES | STRINGS
            assert isinstance(said, str | int if field in NUMBERS else str), field
            assert str(said) == str(said).strip() != "", field


def is_date(said: Any) -> None:
    """`{date-parts: [[2024, 5, 31]]}`: one date or two, of a year, a month and a day."""
    assert set(said) == {"date-parts"}
    assert len(said["date-parts"]) in (1, 2)
    for parts in said["date-parts"]:
        assert all(type(part) is int for part in parts)
        year, month, day = [*parts, 1, 1][:3]
        assert len(parts) in (1, 2, 3)
        assert 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31  # noqa: PT018


def is_names(said: Any) -> None:
    """A list of people, or of organisations as `literal`."""
    assert said
    for name in said:
        assert set(name) <= NAME_PARTS
        assert all(isinstance(part, str) and part for part in name.values())
        assert "family" in name or set(name) == {"literal"}


def test_our_own_fields_are_those_of_csl() -> None:
    """A source of a scenario has no field that another program would not know."""
    fields = {field.alias or name for name, field in Source.model_fields.items()}
    assert fields - {"id", "type"} <= DATES | NAMES | NUMBERS | TITLES | STRINGS


def test_an_address_is_one_of_the_web() -> None:
    """Of a page and not of a search, and a DOI is bare."""
    for entry in entries():
        assert entry.get("URL", "https://").startswith(("https://", "http://")), entry["id"]
        assert entry.get("DOI", "10.").startswith("10."), entry["id"]
        assert " " not in entry.get("URL", "") + entry.get("DOI", ""), entry["id"]
