"""Everything that a scenario can say has a place in the workbook, under a name of its own."""

import pytest

from sroi.inputs.text.yaml_text import Path_
from sroi.inputs.workbook.columns import column_of, columns_of, form_field, heading
from sroi.inputs.workbook.fields import fields_of
from sroi.inputs.workbook.headings import (
    LANGUAGES,
    block_title,
    choice,
    chosen,
    field_name,
    folded,
    known_sheets,
    names,
)
from sroi.inputs.workbook.layout import ITEM, KEY, SHEETS, Block, blocks, paths

BLOCKS = [block for _, block in blocks()]
BOTH = [(block, lang) for block in BLOCKS for lang in LANGUAGES]


def bare(path: tuple[str, ...]) -> Path_:
    return tuple(step for step in path if step not in (ITEM, KEY))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_every_field_of_every_noun_has_a_place(block: Block) -> None:
    """A column or a row of its own, or a block below it."""
    if block.noun is None:
        return
    below = {bare(path[len(block.path) :])[:1] for path in paths() if path != block.path}
    own = {field.key[:1] for field in block.fields}
    asked = {(field.alias or name,) for name, field in block.noun.model_fields.items()}
    quantity = {()} <= {field.key for field in block.fields}
    named = {("id",)} if block.form else set()
    quantities = {f.key[:1] for f in fields_of(block.noun)} if quantity else asked
    assert asked & quantities - own - below - named == set()


@pytest.mark.parametrize(("block", "lang"), BOTH, ids=str)
def test_every_heading_stands_for_its_own_column(block: Block, lang: str) -> None:
    """No two columns of a block have one name; and each is known again, in any case."""
    columns = columns_of(block, lang)
    called = [folded(heading(block, column, lang)) for column in columns]
    assert len(set(called)) == len(called)
    for column in columns:
        found = column_of(block, heading(block, column, lang).upper())
        assert found is not None
        assert (found.key, found.part) == (column.key, column.part)
        assert found.field == column.field


@pytest.mark.parametrize(("block", "lang"), BOTH, ids=str)
def test_every_row_of_a_form_is_known_by_its_name(block: Block, lang: str) -> None:
    for field in block.fields if block.form else []:
        assert form_field(block, field_name(block, field.name, lang)) == field
        assert form_field(block, field.name) == field


@pytest.mark.parametrize(("block", "lang"), BOTH, ids=str)
def test_every_choice_is_known_by_its_name(block: Block, lang: str) -> None:
    for field in block.fields:
        for word in field.choices:
            assert chosen(block, field, choice(block, field, word, lang)) == word
            assert "," not in choice(block, field, word, lang)  # which parts them in a drop-down


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_named_that_is_not_there(lang: str) -> None:
    """The names are those of the blocks, fields and choices, and no others."""
    known, told = names(lang), names("en")
    assert {key: set(part) for key, part in known.items() if isinstance(part, dict)} == {
        key: set(part) for key, part in told.items() if isinstance(part, dict)
    }
    fields = {field.name for block in BLOCKS for field in block.fields}
    fields |= {key for block in BLOCKS for key in block.keys}
    assert set(known["fields"]) == fields - {""}
    assert set(known["blocks"]) == {block.name for block in BLOCKS}
    assert {sheet.name for sheet in SHEETS} < set(known["sheets"])
    own = {f"{block.name}.{name}" for block in BLOCKS for name in [f.name for f in block.fields]}
    assert set(known["own_names"]) <= own
    words = {word for block in BLOCKS for field in block.fields for word in field.choices}
    assert set(known["choices"]) <= words


def test_titles_and_sheets_are_told_apart() -> None:
    for lang in LANGUAGES:
        for sheet in SHEETS:
            titles = [folded(block_title(block, lang)) for block in sheet.blocks]
            assert len(set(titles)) == len(titles)
    assert len(known_sheets()) >= len(SHEETS) + 2
