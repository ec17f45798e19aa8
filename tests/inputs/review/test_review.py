"""A review read back: what it changes, what it leaves alone, and what is refused."""

import atexit
import csv
import datetime
import difflib
import io
import os
import shutil
import stat
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import Phase, given, reject, settings
from hypothesis import strategies as st
from reviews import TODAY, contents, exported, fill, filled, read_back, went_out

from sroi import shipped
from sroi.inputs.library.library import check_library, read_library
from sroi.inputs.quantity.written_sizes import numeral, sizes_of
from sroi.inputs.review.review import (
    fingerprint,
    read_review,
    rewritten,
    write_back,
)
from sroi.inputs.review.review_sheet import HEADINGS, KIND, VERDICTS, opened
from sroi.inputs.text.cells import Cell
from sroi.inputs.text.numerals import number
from sroi.inputs.text.sheet import MOST_PARTS
from sroi.inputs.text.yaml_edit import Editor, flow, write_all
from sroi.problems import Problem, Unusable
from sroi.report.files.csv_files import text_of
from sroi.report.price_list.price_list import found
from sroi.report.price_list.review_book import review_rows
from sroi.report.words.problem_text import sentence

KEPT = tempfile.TemporaryDirectory()
atexit.register(KEPT.cleanup)
SHIPPED = Path(shutil.copytree(shipped.folder("proxies"), Path(KEPT.name) / "proxies"))
LIBRARY = read_library(SHIPPED)
BY = {"reviewer": "A. Toetser", "on": datetime.date(2026, 3, 1)}
AGREE = {"verdict": "akkoord", **BY}
CORRECT = {"verdict": "corrigeren", "place": "p. 2", **BY}
WITHDRAW = {"verdict": "intrekken", "remark": "Telt dubbel.", **BY}


def imported(folder: Path, answers: dict, lang: str = "nl") -> dict[str, tuple[str, str]]:
    """A review written back: old and new text of the files that changed."""
    path = folder.parent / "review.xlsx"
    filled(path, folder, answers, lang)
    before = contents(folder)
    write_back(rewritten(read_back(folder, path), folder))
    after = contents(folder)
    assert set(before) == set(after)
    return {
        name: (old.decode(), after[name].decode())
        for name, old in before.items()
        if after[name] != old
    }


def lines_of(old: str, new: str) -> tuple[list[str], list[str]]:
    """Lines that went, and lines that came."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    told = list(difflib.ndiff(before, after))
    return [x[2:] for x in told if x[0] == "-"], [x[2:] for x in told if x[0] == "+"]


# what is written


def test_a_price_that_is_agreed_with(folder):
    """Its review and a line of history, and not one character more."""
    old, new = imported(folder, {"uur": AGREE})["buurt.yaml"]
    assert lines_of(old, new) == (
        ["    review: {status: draft}   # nog niemand\n"],
        ['    review: {status: checked, by: "A. Toetser", on: 2026-03-01}   # nog niemand\n',
         "    history:\n",
         '      - {field: review, was: draft, now: "checked, A. Toetser, 2026-03-01", '
         'by: "A. Toetser", on: 2026-03-01}\n'],
    )  # fmt: skip


def test_a_price_that_is_corrected(folder):
    """Every number in its place, with its remark; the history says from what to what."""
    answer = CORRECT | {"value": 11.5, "low": 9, "high": 14, "remark": 'Tabel: "uur".'}
    old, new = imported(folder, {"uur": answer})["buurt.yaml"]
    gone, come = lines_of(old, new)
    assert gone[:4] == [
        "      low: 8.00    # laag\n", "      best: 10     # de middelste\n", "      high: 12\n",
        '    source: "bron[p. 1]"\n',
    ]  # fmt: skip
    assert come[:4] == [
        "      low: 9    # laag\n", "      best: 11.50     # de middelste\n", "      high: 14\n",
        '    source: "bron[p. 2]"\n',
    ]  # fmt: skip
    proxy = read_library(folder).proxies["uur"]
    assert (proxy.value.low, proxy.value.best, proxy.value.high) == (9, 11.5, 14)
    assert (proxy.review.status, proxy.review.by, proxy.review.on) == ("checked", *BY.values())
    told = [(change.field, change.was, change.now) for change in proxy.history]
    assert told == [
        ("value", "10", "11.50"), ("low", "8", "9"), ("high", "12", "14"),
        ("source", "bron[p. 1]", "bron[p. 2]"),
        ("review", "draft", "checked, A. Toetser, 2026-03-01"),
    ]  # fmt: skip
    assert {change.because.nl for change in proxy.history} == {'Tabel: "uur".'}


def test_a_price_that_is_withdrawn_says_why(folder):
    """And a scenario can no longer use it."""
    imported(folder, {"kaal": WITHDRAW})
    review = read_library(folder).proxies["kaal"].review
    assert (review.status, review.note.nl) == ("withdrawn", "Telt dubbel.")


@pytest.mark.parametrize(
    ("key", "answer", "written"),
    [
        ("kaal", {"value": 43}, "    value: 43\n"),
        ("kaal", {"low": 40, "high": 44}, "    value: {low: 40, best: 42, high: 44}\n"),
        ("tussen", {"low": 80, "high": 1.25}, None),
        ("tussen", {"low": 80}, "    value: {uniform: [80, 111.60], because: Twee tarieven.}\n"),
        ("tussen", {"value": 90},
         "    value: {low: 75.60, best: 90, high: 111.60, because: Twee tarieven.}\n"),
        ("plat", {"value": 6}, "value: {value: 6, because: Zo is het.}"),
        ("plat", {"value": 6, "low": 5, "high": 7.125},
         "value: {low: 5, best: 6, high: 7.1250, because: Zo is het.}"),
        ("scheef", {"value": 100, "low": 50, "high": 300},
         "  value:\n    low: 50\n    best: 100\n    high: 300\n"),
    ],
)  # fmt: skip
def test_every_form_of_a_price_can_be_corrected(folder, key, answer, written):
    """As far as it goes in its own form; otherwise as a range with a best guess."""
    if written is None:
        with pytest.raises(Unusable):
            imported(folder, {key: CORRECT | answer})
        return
    ((_, new),) = imported(folder, {key: CORRECT | answer}).values()
    assert written in new
    sizes = sizes_of(read_library(folder).proxies[key].value)
    assert {name: sizes[name] for name in answer} == answer


def test_a_second_review_keeps_the_first_in_the_history(folder):
    """Who checked an entry before is not forgotten."""
    imported(folder, {"tussen": AGREE | {"reviewer": "B. Toetser"}})
    history = read_library(folder).proxies["tussen"].history
    assert len(history) == 2
    assert history[1].was == "checked, A. Voorbeeld, 2025-01-01"
    assert history[1].now == "checked, B. Toetser, 2026-03-01"


def test_a_row_without_an_answer_changes_nothing(folder):
    """Also where somebody filled in the name and the date all the way down."""
    assert imported(folder, {"uur": BY, "kaal": BY}) == {}


def test_a_sheet_in_english_is_read_as_well(folder):
    """Verdicts in either language; the fields are those of the sheet."""
    answers = {"uur": AGREE | {"verdict": "Agree"}, "kaal": AGREE | {"verdict": "akkoord "}}
    imported(folder, answers, "en")
    proxies = read_library(folder).proxies
    assert [proxies[key].review.status for key in ("uur", "kaal")] == ["checked", "checked"]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_breaks_and_a_mark_in_front_stay(folder, ending):
    """A file of Windows stays a file of Windows."""
    path = folder / "buurt.yaml"
    text = path.read_text("utf-8").replace("\n", ending)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    imported(folder, {"uur": AGREE, "tussen": CORRECT | {"low": 80}, "kaal": WITHDRAW})
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rest = content.replace(ending.encode(), b"")
    assert b"\n" not in rest
    assert b"\r" not in rest


# byte for byte, whatever is filled in

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=40)
named = texts.filter(lambda text: text.strip() and not set(text) & set("[]"))
sizes = st.floats(0.01, 1e6).map(lambda size: round(size, 2))
verdicts = st.sampled_from(sorted(VERDICTS))
entries = st.dictionaries(
    st.sampled_from(sorted(LIBRARY.proxies)),
    st.tuples(verdicts, sizes, st.floats(0, 0.9), st.floats(0.01, 2), named, texts),
    min_size=1,
    max_size=5,
)


def answered(entry: tuple, lang: str) -> dict[str, object]:
    """What a reviewer fills in on a row of a CSV file."""
    verdict, size, below, above, place, remark = entry
    answer = {"verdict": VERDICTS[verdict][lang], "reviewer": "Ö. 't Toetser", "on": "2026-03-01"}
    answer["remark"] = remark if verdict != "withdraw" else f"Omdat: {remark}"
    if verdict != "correct":
        return answer
    corrected = {"value": size, "low": size * (1 - below), "high": size * (1 + above)}
    return answer | {name: numeral(value) for name, value in corrected.items()} | {"place": place}


def spans(content: bytes) -> dict[str, tuple[int, int]]:
    """Where the entries of a theme begin and end, by their ids."""
    editor = Editor(content, "x")
    found = {}
    for position, entry in enumerate(editor.data["proxies"]):
        span = editor._values["proxies", position]
        found[entry["id"]] = (span.start, span.end)
    return found


def outside(content: bytes, keys: set[str]) -> tuple[str, ...]:
    """The text of a theme without some of its entries."""
    text, at, parts = content.decode("utf-8-sig"), 0, []
    for key, (start, end) in sorted(spans(content).items(), key=lambda one: one[1]):
        if key in keys:
            parts.append(text[at:start])
            at = end
    return (*parts, text[at:])


@settings(max_examples=8, deadline=None, phases=set(Phase) - {Phase.shrink})
@given(entries, st.sampled_from(["nl", "en"]))
def test_a_round_trip_changes_the_edited_entries_and_nothing_else(edits, lang):
    """On a copy of the library that is shipped, with answers at random."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "proxies"
        shutil.copytree(SHIPPED, folder)
        rows = review_rows(list(found(LIBRARY, None, None, None)), LIBRARY, {}, lang)
        for row in rows:
            answer = answered(edits[row["id"]], lang) if row["id"] in edits else {}
            row |= {HEADINGS[name][lang]: value for name, value in answer.items()}
        sheet = Path(name) / "review.csv"
        sheet.write_bytes(text_of(rows, lang).encode("utf-8-sig"))
        before = contents(folder)
        reviewed = read_review(opened(sheet), LIBRARY, TODAY, went_out(LIBRARY))
        write_back(rewritten(reviewed, folder))
        after = contents(folder)
        assert {one.proxy.id for one in reviewed} == set(edits)
        for file, content in before.items():
            if after[file] != content:
                assert outside(content, set(edits)) == outside(after[file], set(edits))
        library, problems = check_library(folder)
        assert problems == []
        assert set(library.proxies) == set(LIBRARY.proxies)
        for key, proxy in library.proxies.items():
            if key not in edits:
                assert proxy == LIBRARY.proxies[key]
                continue
            assert proxy.review.status == (
                "withdrawn" if edits[key][0] == "withdraw" else "checked"
            )
            if edits[key][0] == "correct":
                wanted = answered(edits[key], lang)
                got = sizes_of(proxy.value)
                assert {n: float(wanted[n]) for n in ("value", "low", "high")} == got
                assert proxy.source.place == " ".join(wanted["place"].split())


@given(st.floats(-1e9, 1e9))
def test_a_number_is_written_so_that_it_reads_back(size):
    """And so that nobody takes thousandths for thousands."""
    text = numeral(size)
    if len(text) <= 30:
        assert number(text) == size


@given(st.recursive(texts.map(lambda text: " ".join(text.split())), st.lists))
def test_a_value_on_one_line_reads_back(value):
    """Whatever is in the text."""
    editor = Editor(b"a: {b: c}\n", "x")
    editor.set(("a", "b"), value)
    try:
        assert Editor(editor.result(), "x").data == {"a": {"b": value}}
    except Unusable:  # signs that the reader takes out: then nothing is written
        reject()


def test_flow_puts_quotes_where_text_could_be_misread():
    assert flow({"a": "x", "b": ["1.50", "p. 3, [x]"]}) == '{a: x, b: [1.50, "p. 3, [x]"]}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: {}\n", "a: {new: x}\n"),
        ("a: {b: c,}\n", "a: {b: c, new: x,}\n"),
        ("a:\n  b: c # d", "a:\n  b: c # d\n  new: x"),
        ("a:\n  b: |\n    c\n\n\nd: e\n", "a:\n  b: |\n    c\n  new: x\n\n\nd: e\n"),
        ("a:\n  b:\n  - c\n\n# d\ne: f\n", "a:\n  b:\n  - c\n  new: x\n\n# d\ne: f\n"),
    ],
)
def test_a_new_key_is_put_behind_the_last(before, after):
    editor = Editor(before.encode(), "x")
    editor.set(("a", "new"), "x")
    assert editor.result().decode() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [("a: []\n", "a: [x, y]\n"), ("a: [b]\n", "a: [b, x, y]\n"),
     ("c: d\n", "c: d\na:\n  - x\n  - y\n"), ("a:\n- b # c\n", "a:\n- b # c\n- x\n- y\n")],
)  # fmt: skip
def test_items_are_put_behind_the_last(before, after):
    editor = Editor(before.encode(), "x")
    editor.append(("a",), ["x", "y"])
    assert editor.result().decode() == after


def test_what_cannot_be_changed_alone_is_refused():
    """Here a sign that the reader reads as another; nothing is written."""
    editor = Editor(b"a:\n  b: c\n", "x")
    editor.set(("a", "b"), "x\ty")
    with pytest.raises(Unusable) as caught:
        editor.result()
    assert caught.value.problems[0].code == "review-not-editable"


# what is refused


def refused(folder: Path, path: Path) -> list[Problem]:
    """What is said of a sheet; and nothing in the folder changed."""
    before = contents(folder)
    with pytest.raises(Unusable) as caught:
        read_back(folder, path)
    assert contents(folder) == before
    for problem in caught.value.problems:
        for lang in ("nl", "en"):
            told = sentence(problem, lang)
            assert len(told) > 20
            assert "{" not in told
            assert str(problem.facts.get("cell", "")) in told
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("answer", "what", "column"),
    [
        (AGREE | {"verdict": "prima"}, "review-verdict", "verdict"),
        ({"remark": "Klopt dit?", **BY}, "review-verdict", "verdict"),
        (AGREE | {"reviewer": None}, "review-reviewer", "reviewer"),
        (AGREE | {"reviewer": " "}, "review-reviewer", "reviewer"),
        (AGREE | {"on": None}, "review-date", "on"),
        (AGREE | {"on": "maart"}, "review-date", "on"),
        (AGREE | {"on": "3/1/2026"}, "review-date", "on"),
        (AGREE | {"on": datetime.date(2026, 3, 3)}, "review-date", "on"),
        (AGREE | {"on": datetime.date(1999, 1, 1)}, "review-date", "on"),
        (AGREE | {"value": 12}, "review-corrected-unasked", "value"),
        (AGREE | {"reviewer": "A" * 101}, "review-text", "reviewer"),
        (AGREE | {"remark": "a\u202eb"}, "review-text", "remark"),
        (WITHDRAW | {"remark": None}, "review-reason", "remark"),
        (CORRECT | {"place": None, "value": 11}, "review-place-missing", "place"),
        (CORRECT | {"place": "p. [3]"}, "review-place", "place"),
        (CORRECT | {"place": "p. 1"}, "review-nothing-corrected", "verdict"),
        (CORRECT | {"value": 10, "place": "p. 1"}, "review-nothing-corrected", "verdict"),
        (CORRECT | {"value": "tien"}, "review-number", "value"),
        (CORRECT | {"value": "1.250"}, "review-number", "value"),
        (CORRECT | {"value": "50%"}, "review-number", "value"),
        (CORRECT | {"value": True}, "review-number", "value"),
        (CORRECT | {"value": 1e300}, "review-number", "value"),
        (CORRECT | {"value": 99_999_999_999_999}, "review-number", "value"),
        (CORRECT | {"value": -5, "place": "p. 1"}, "review-negative", "value"),
        (CORRECT | {"value": datetime.date(2026, 1, 1)}, "review-number", "value"),
        (CORRECT | {"value": 13}, "review-range", "value"),
        (CORRECT | {"low": 11}, "review-range", "low"),
        (CORRECT | {"value": "=10+1"}, "review-formula", "value"),
        (AGREE | {"remark": '=HYPERLINK("https://example.org")'}, "review-formula", "remark"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_at_its_cell(folder, tmp_path, answer, what, column):
    """With the address, and a sentence in both languages; the other rows are not taken either."""
    path = tmp_path / "review.xlsx"
    places = filled(path, folder, {"uur": {column: None} | answer, "kaal": AGREE})
    (problem,) = refused(folder, path)
    assert (problem.code, problem.facts["cell"]) == (what, places["uur", column])
    assert Cell(None, problem.line, problem.column).address == problem.facts["cell"]


@pytest.mark.parametrize(
    ("key", "answer"), [("kaal", {"low": 40}), ("scheef", {"value": 90}), ("scheef", {"low": 9})]
)
def test_a_range_that_is_not_whole_is_refused(folder, tmp_path, key, answer):
    path = tmp_path / "review.xlsx"
    filled(path, folder, {key: CORRECT | answer})
    assert [problem.code for problem in refused(folder, path)] == ["review-form"]


def test_all_that_is_wrong_is_said_at_once(folder, tmp_path):
    path = tmp_path / "review.xlsx"
    wrong = {"uur": CORRECT | {"value": "x", "on": "y", "reviewer": None}, "kaal": {"value": 1}}
    filled(path, folder, wrong)
    problems = refused(folder, path)
    assert len(problems) == 6
    assert problems == sorted(problems, key=Problem.order)


@pytest.mark.parametrize(
    ("text", "size"), [("12,50", 12.5), ("1.250,00", None), ("11.5", 11.5), (" 11 ", 11.0)]
)
def test_a_number_as_text_is_read_where_it_means_one_thing(folder, tmp_path, text, size):
    """Decimal commas too; what does not fit in the range is another matter."""
    path = tmp_path / "review.xlsx"
    filled(path, folder, {"uur": CORRECT | {"value": text, "high": 2000}})
    (reviewed,) = read_back(folder, path)
    assert reviewed.sizes["value"] == (size or 1250.0)


@pytest.mark.parametrize(
    ("on", "lang", "day"),
    [
        ("2026-03-01", "nl", 1),
        ("1-3-2026", "nl", 1),
        ("01-03-2026", "nl", 1),
        ("1-3-2026", "en", 0),
    ],
)
def test_a_date_as_text(folder, tmp_path, on, lang, day):
    """As it is written in the language of the sheet; in English day and month could be either."""
    path = tmp_path / "review.xlsx"
    filled(path, folder, {"uur": AGREE | {"on": on}}, lang)
    if day:
        assert read_back(folder, path)[0].on == datetime.date(2026, 3, day)
    else:
        assert [problem.code for problem in refused(folder, path)] == ["review-date"]


def test_an_unknown_price_names_the_nearest(folder, tmp_path):
    path = tmp_path / "review.xlsx"
    filled(path, folder, {"kaal": AGREE | {"id": "kaals"}})
    (problem,) = refused(folder, path)
    assert (problem.code, problem.facts["nearest"]) == ("review-proxy", "kaal")


def test_a_price_that_changed_since_the_export_is_refused(folder, tmp_path):
    """Whoever changed it, and whatever was changed: the verdict was about something else."""
    path = tmp_path / "review.xlsx"
    filled(path, folder, {"kaal": AGREE})
    file = folder / "buurt.yaml"
    file.write_text(file.read_text("utf-8").replace("over twee regels", "over drie"), "utf-8")
    assert [problem.code for problem in refused(folder, path)] == ["review-changed"]


def test_the_same_sheet_is_not_read_twice(folder, tmp_path):
    """After the first time its entries have changed."""
    imported(folder, {"uur": AGREE})
    path = tmp_path / "review.xlsx"
    assert [problem.code for problem in refused(folder, path)] == ["review-changed"]


def test_two_verdicts_on_one_price_are_refused(folder, tmp_path):
    path = tmp_path / "review.xlsx"
    book = exported(read_library(folder))
    fill(book, {"uur": AGREE})
    sheet = book.worksheets[0]
    sheet.append([cell.value for cell in next(sheet.iter_rows(min_row=2))])
    book.save(path)
    assert [problem.code for problem in refused(folder, path)] == ["review-twice"]


def test_a_fingerprint_is_of_all_that_stands_in_an_entry():
    """Short, and never a number for a spreadsheet."""
    proxy = LIBRARY.proxies["seh-bezoek"]
    other = proxy.model_copy(update={"quote": proxy.quote + "."})
    assert fingerprint(proxy) == fingerprint(proxy.model_copy()) != fingerprint(other)
    assert fingerprint(proxy).startswith("p-")
    assert len(fingerprint(proxy)) == 14


# files that are not what they should be


def packed(path: Path, **parts: bytes) -> None:
    """An archive with these parts, packed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)


def with_part(folder: Path, path: Path, name: str, content: bytes = b"x") -> None:
    """A review with one more part in it."""
    filled(path, folder, {"uur": AGREE})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/vbaProject.bin", b"x"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>"),
        ("xl/embeddings/oleObject1.bin", b"x"),
        ("xl/connections.xml", b"<x/>"),
        ("customUI/customUI.xml", b"<x/>"),
        ("xl/extra.xml", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'),
        ("xl/extra.xml", '<?xml version="1.0"?><x/>'.encode("utf-16")),
    ],
)
def test_what_acts_or_fetches_is_not_opened(folder, tmp_path, name, content):
    path = tmp_path / "review.xlsx"
    with_part(folder, path, name, content)
    assert [problem.code for problem in refused(folder, path)] == ["review-active"]


def test_a_workbook_that_unfolds_is_not_unpacked(folder, tmp_path):
    """It is refused once it is larger than a review can be."""
    path = tmp_path / "review.xlsx"
    packed(path, bomb=bytes(KIND.most_unpacked + 1))
    assert path.stat().st_size < 100_000
    assert [problem.code for problem in refused(folder, path)] == ["review-too-large"]


def test_an_archive_that_lies_about_its_size_is_not_believed(folder, tmp_path):
    """What comes out is never more than it says."""
    path = tmp_path / "review.xlsx"
    packed(path, bomb=bytes(1_000_000))
    content = path.read_bytes()
    path.write_bytes(content.replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    assert [problem.code for problem in refused(folder, path)] == ["review-unreadable"]


def test_a_large_file_with_many_parts_or_many_rows_is_refused(folder, tmp_path):
    path = tmp_path / "review.xlsx"
    path.write_bytes(bytes(KIND.most_bytes + 1))
    assert [problem.code for problem in refused(folder, path)] == ["review-too-large"]
    packed(path, **{f"part{n}": b"" for n in range(MOST_PARTS + 1)})
    assert [problem.code for problem in refused(folder, path)] == ["review-too-large"]
    book = exported(read_library(folder))
    book.worksheets[0].cell(KIND.most_rows + 1, 1).value = "x"
    book.save(path)
    assert [problem.code for problem in refused(folder, path)] == ["review-too-large"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"id,kenmerk\n", b"\xd0\xcf\x11\xe0" * 99])
def test_a_workbook_that_is_none(folder, tmp_path, content):
    path = tmp_path / "review.xlsx"
    path.write_bytes(content)
    assert [problem.code for problem in refused(folder, path)] == ["review-unreadable"]


@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"]
)
def test_a_damaged_workbook(folder, tmp_path, part):
    path, whole = tmp_path / "review.xlsx", tmp_path / "whole.xlsx"
    filled(whole, folder, {"uur": AGREE})
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = parts[part][: len(parts[part]) // 2]
    packed(path, **parts)
    (problem,) = refused(folder, path)
    assert problem.code in ("review-unreadable", "review-column-missing")


@pytest.mark.parametrize(
    ("name", "what"),
    [("review.xlsm", "review-kind"), ("review", "review-kind"), ("weg.xlsx", "file-missing"),
     ("map.csv", "file-is-folder")],
)  # fmt: skip
def test_a_file_that_is_not_a_sheet(folder, tmp_path, name, what):
    (tmp_path / "map.csv").mkdir()
    assert [problem.code for problem in refused(folder, tmp_path / name)] == [what]


def test_a_column_that_is_missing_is_named(folder, tmp_path):
    path = tmp_path / "review.xlsx"
    book = exported(read_library(folder))
    for name in ("remark", "id"):
        sheet = book.worksheets[0]
        (head,) = (cell for cell in sheet[1] if cell.value == HEADINGS[name]["nl"])
        head.value = "iets anders"
        book.save(path)
        (problem,) = refused(folder, path)
        assert problem.code == "review-column-missing"
        assert HEADINGS[name]["nl"] in problem.facts["column"]
    openpyxl.Workbook().save(path)
    assert [problem.code for problem in refused(folder, path)] == ["review-column-missing"]


def test_columns_may_be_moved_and_rows_sorted(folder, tmp_path):
    """The names of the columns count, not their order."""
    library, path = read_library(folder), tmp_path / "review.csv"
    rows = review_rows(list(found(library, None, None, None)), library, {}, "nl")
    for row in rows:
        if row["id"] == "uur":
            row |= {HEADINGS[name]["nl"]: str(value) for name, value in AGREE.items()}
    turned = [dict(reversed(row.items())) for row in reversed(rows)]
    path.write_text(text_of(turned, "nl"), "utf-8")
    (reviewed,) = read_back(folder, path)
    assert (reviewed.proxy.id, reviewed.by) == ("uur", "A. Toetser")


def test_csv_as_a_spreadsheet_saves_it(folder, tmp_path):
    """Semicolons or commas, with or without a mark in front; not in another coding."""
    library, path = read_library(folder), tmp_path / "review.csv"
    rows = review_rows(list(found(library, None, None, None)), library, {}, "nl")
    answer = CORRECT | {"value": "11,5", "on": "1-3-2026", "remark": "-é", "reviewer": "=1+1"}
    rows[0] |= {HEADINGS[name]["nl"]: value for name, value in answer.items()}
    text = text_of(rows, "nl")
    path.write_text(text.replace("'=1+1", "Zoë"), "utf-8")
    (reviewed,) = read_back(folder, path)
    assert (reviewed.sizes["value"], reviewed.by, reviewed.remark) == (11.5, "Zoë", "-é")
    path.write_text(text.replace("'=1+1", "=1+1"), "utf-8")
    assert [problem.code for problem in refused(folder, path)] == ["review-formula"]
    path.write_bytes(text.encode("cp1252"))
    assert [problem.code for problem in refused(folder, path)] == ["file-not-utf8"]
    path.write_text('id;kenmerk\n"', "utf-8")
    assert [problem.code for problem in refused(folder, path)] == ["review-unreadable"]
    stream = io.StringIO()
    csv.writer(stream).writerows(
        [row.values() for row in [dict(zip(rows[0], rows[0], strict=True))]]
    )
    path.write_text(stream.getvalue(), "utf-8")
    assert read_back(folder, path) == []


# all files, or none

TWO = {"uur": AGREE, "scheef": AGREE}


def ready(folder: Path) -> dict[Path, tuple[bytes, bytes]]:
    path = folder.parent / "review.xlsx"
    filled(path, folder, TWO)
    changed = rewritten(read_back(folder, path), folder)
    assert {path.name for path in changed} == {"buurt.yaml", "scheef.yaml"}
    return changed


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), KeyboardInterrupt()])
@pytest.mark.parametrize("failing", [1, 2])
def test_nothing_is_half_written(folder, monkeypatch, error, failing):
    """Where the second file cannot be put in its place, the first is put back."""
    changed, before = ready(folder), contents(folder)
    calls, replace = [], Path.replace

    def fails(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == failing:
            raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises((Unusable, KeyboardInterrupt)) as caught:
        write_back(changed)
    if isinstance(caught.value, Unusable):
        assert caught.value.problems[0].code == "output-unwritable"
    assert contents(folder) == before


def test_a_full_disk_leaves_everything_as_it_was(folder, monkeypatch):
    changed, before = ready(folder), contents(folder)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unusable) as caught:
        write_back(changed)
    assert caught.value.problems[0].code == "output-unwritable"
    assert contents(folder) == before


def test_a_file_that_changed_in_the_mean_time_is_not_overwritten(folder):
    changed = ready(folder)
    with (folder / "scheef.yaml").open("a") as stream:
        stream.write("\n# nog iets\n")
    before = contents(folder)
    with pytest.raises(Unusable) as caught:
        write_back(changed)
    assert caught.value.problems[0].code == "review-file-changed"
    assert contents(folder) == before


def test_the_rights_of_a_file_stay(folder):
    (folder / "buurt.yaml").chmod(0o640)
    write_back(ready(folder))
    assert stat.S_IMODE((folder / "buurt.yaml").stat().st_mode) == 0o640


def test_a_library_that_would_break_is_not_written(folder):
    """The whole is checked as it will be; what is said names the real file."""
    path = folder.parent / "review.xlsx"
    filled(path, folder, {"uur": AGREE})
    reviewed = read_back(folder, path)
    (folder / "payers.yaml").write_text("payers: []\n", "utf-8")
    before = contents(folder)
    with pytest.raises(Unusable) as caught:
        rewritten(reviewed, folder)
    assert {Path(problem.file).parent for problem in caught.value.problems} == {folder}
    assert contents(folder) == before


def test_writing_nothing_is_nothing():
    write_all({})
