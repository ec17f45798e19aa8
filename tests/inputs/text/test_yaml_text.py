"""Whatever the bytes: plain data with the place of every part, or problems."""

import pytest

from sroi.inputs.text.yaml_text import MAX_BYTES, Document, parse, read
from sroi.problems import Unusable


def document(text: str | bytes) -> Document:
    return parse(text if isinstance(text, bytes) else text.encode(), "f.yaml")


def codes(text: str | bytes) -> list[str]:
    """Codes of the problems, whether the text can be read or not."""
    try:
        return [problem.code for problem in document(text).problems]
    except Unusable as unusable:
        return [problem.code for problem in unusable.problems]


@pytest.mark.parametrize(
    "text", ["no", "yes", "1.5", "0x1F", "1e3", "~", "null", "2026-03-01", "08", "1_000", ".nan"]
)
def test_every_plain_scalar_arrives_as_text(text):
    """YAML guesses nothing: a country code, a date and a number stay what was written."""
    assert document(f"a: {text}").data == {"a": text}


def test_lists_mappings_quotes_and_blocks():
    text = "a: [1, {b: 2}]\nc: 'it''s'\nd: >-\n  one\n  two\ne: |\n  x\n  y\n"
    data = {"a": ["1", {"b": "2"}], "c": "it's", "d": "one two", "e": "x\ny"}
    assert document(text).data == data


def test_every_key_and_value_has_its_place():
    """Lines and columns count from 1, in block and in flow style."""
    text = "a: 1\nb:\n  - x\n  - {c: 2, d: [3, 4]}\n"
    found = document(text)
    assert found.keys[("a",)] == (1, 1)
    assert found.values[("a",)] == (1, 4)
    assert found.values[("b", 0)] == (3, 5)
    assert found.keys[("b", 1, "d")] == (4, 12)
    assert found.values[("b", 1, "d", 1)] == (4, 19)


def test_columns_count_characters_and_not_bytes():
    assert document("é: ü, b").values[("é",)] == (1, 4)
    assert document("a: {😀: é, b: 1}").keys[("a", "b")] == (1, 11)


def test_what_is_not_there_has_the_place_of_what_is_above_it():
    found = document("a:\n  b: 1\n")
    assert found.place(("a", "c", "d")) == (1, 1)
    assert found.place(("x", "y")) == (0, 0)


def test_a_problem_quotes_its_line():
    problem = document("a: 1\nb:\t2  \n").problem("code-x", ("b",), True, id="y")
    assert (problem.line, problem.column, problem.excerpt) == (2, 1, "b: 2  ")
    assert problem.facts == {"id": "y"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_line_ending_gives_the_same_places_and_lines(line_end):
    """Files of Windows, of old Macs, and line breaks that editors do not show."""
    found = document(line_end.join(["a: 1", "b: 2", "c:", "  - 3", ""]))
    assert found.data == {"a": "1", "b": "2", "c": ["3"]}
    assert found.values[("c", 0)] == (4, 5)
    assert found.excerpt(4) == "  - 3"


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    found = document(b"\xef\xbb\xbfa: 1")
    assert found.data == {"a": "1"}
    assert found.keys[("a",)] == (1, 1)


def test_a_file_of_another_encoding_names_the_first_line_that_shows_it():
    with pytest.raises(Unusable) as raised:
        document("a: 1\nb: één\n".encode("cp1252"))
    assert [(p.code, p.line) for p in raised.value.problems] == [("file-not-utf8", 2)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b" \n\t\n", "file-empty"),
        (b"\xef\xbb\xbf", "file-empty"),
        (b"# only a comment\n", "file-empty"),
        (b"---\n...\n", "file-empty"),
        (b'""', "file-empty"),
        (b"PK\x03\x04\0", "file-binary"),
        ("a: 1".encode("utf-16"), "file-not-utf8"),
        ("a: 1".encode("utf-16-le"), "file-binary"),
        (b"\xff\xfe\xfa", "file-not-utf8"),
        (b"a" * (MAX_BYTES + 1), "file-too-large"),
    ],
)
def test_what_is_no_text_to_begin_with(content, code):
    assert codes(content) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1", "yaml-alias"),
        ("a: *x", "yaml-alias"),
        ("<<: *x", "yaml-alias"),
        ("&x a: 1", "yaml-alias"),
        ("a: !!int 1", "yaml-tag"),
        ("a: !x 1", "yaml-tag"),
        ("a: !!python/object/apply:os.system [ls]", "yaml-tag"),
        ("!!set {a}", "yaml-tag"),
        ("a: 1\n---\nb: 2", "yaml-second-document"),
        ("[a]: 1", "yaml-key-not-text"),
        ("{a: 1}: 1", "yaml-key-not-text"),
        ("a: b: c", "yaml-syntax"),
        ("a:\n\t- b", "yaml-syntax"),
        ("a: [1", "yaml-syntax"),
        ("a: @x", "yaml-syntax"),
        ("%YAML 9.9\n---\na: 1", "yaml-syntax"),
        ("a: {b: 1, source: x[p. 3]}", "yaml-source-in-braces"),
    ],
)
def test_what_yaml_can_do_more_is_refused(text, code):
    assert codes(text) == [code]


def test_a_tag_is_named_as_it_was_written():
    with pytest.raises(Unusable) as raised:
        document("a: !!int 1")
    assert raised.value.problems[0].facts == {"text": "!!int"}


def test_an_alias_bomb_is_refused_before_it_grows():
    lines = ["a: &a [x, x]"] + [
        f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcd", "bcde", strict=True)
    ]
    assert codes("\n".join(lines)) == ["yaml-alias"]


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 20_000, "- " * 10_000 + "x", "a: " + "[" * 21 + "]" * 21],
)
def test_depth_is_bounded(text):
    assert codes(text) == ["yaml-too-large"]


def test_a_megabyte_of_brackets_and_many_nodes_are_bounded():
    assert codes("[" * MAX_BYTES) == ["yaml-too-large"]
    assert codes("[" + "1," * 200_000 + "]") == ["yaml-too-large"]


def test_twenty_levels_are_allowed():
    assert codes("[" * 20 + "]" * 20) == []


def test_a_key_that_is_given_twice_is_found_where_it_stands_again():
    problems = document("a: 1\nb: {c: 1, c: 2}\na: 3\n").problems
    assert [(p.code, p.line, p.column) for p in problems] == [
        ("yaml-duplicate-key", 2, 11),
        ("yaml-duplicate-key", 3, 1),
    ]
    assert problems[0].facts == {"key": "c"}


def test_an_empty_value_is_found_at_its_key():
    problems = document("a: 1\nb:\n  c:\n  d: x\n").problems
    found = [(p.code, p.line, p.column, p.facts) for p in problems]
    assert found == [("field-empty", 3, 3, {"key": "c"})]


def test_a_quoted_empty_text_is_a_value():
    assert codes('a: ""\nb: 1') == []


@pytest.mark.parametrize(
    "text",
    ['a: "\\x1b[31m"', 'a: "\\r"', 'a: "\\0"', '"\\a": 1', "a: x\u202ey", "a: x\u2066y", "a: \x07"],
)
def test_a_control_character_is_found_and_goes_no_further(text):
    """Neither written as an escape, nor raw, nor as a sign that turns the order of letters."""
    try:
        found = document(text)
    except Unusable as unusable:
        problems = list(unusable.problems)
    else:
        problems = found.problems
        assert "".join(str(found.data)).isprintable()
    assert [(p.code, p.line) for p in problems] == [("text-control-character", 1)]
    assert all(p.excerpt.isprintable() for p in problems)


def test_a_raw_control_character_is_found_at_its_place():
    with pytest.raises(Unusable) as raised:
        document("a: 1\nbé: x\x1b[2J\n")
    problem = raised.value.problems[0]
    assert (problem.line, problem.column, problem.excerpt) == (2, 6, "bé: x [2J")


def test_tabs_and_line_ends_within_a_text_are_no_control_characters():
    assert codes("a: |\n  one\ttwo\n  three\n") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: [1,\nb: 2\n", (1, 4)), ('a: 1\nb: "x\nc: 2\n', (2, 4)), ("a: 1\nb: {c\n\n", (2, 4))],
)
def test_what_is_never_closed_is_found_where_it_was_opened(text, place):
    with pytest.raises(Unusable) as raised:
        document(text)
    problem = raised.value.problems[-1]
    assert (problem.code, problem.line, problem.column) == ("yaml-syntax", *place)


def test_problems_before_a_syntax_error_are_not_lost():
    assert codes("a: 1\na: 2\nb: [") == ["yaml-duplicate-key", "yaml-syntax"]


def test_a_decimal_comma_in_braces_is_no_empty_value():
    """`{low: 0,8}` becomes an empty key 8, about which the scenario has its own sentence."""
    assert codes("a: {low: 0,8, high: 9,5%}") == []


def test_a_long_line_is_cut():
    assert len(document("a: " + "x" * 10_000).excerpt(1)) == 400


def test_reading_a_file(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_text("a: é", encoding="utf-8")
    assert read(path).data == {"a": "é"}
    assert read(path).file == str(path)


def test_a_file_that_cannot_be_opened(tmp_path):
    for path, code in [(tmp_path / "none.yaml", "file-missing"), (tmp_path, "file-is-folder")]:
        with pytest.raises(Unusable) as raised:
            read(path)
        assert [(p.code, p.file) for p in raised.value.problems] == [(code, str(path))]
    with pytest.raises(Unusable) as raised:
        read(tmp_path / ("x" * 5_000))
    assert raised.value.problems[0].code == "file-unreadable"
