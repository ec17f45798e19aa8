"""Whether a report is true to its inputs: as it was made it is, and changed it is not."""

import datetime
import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pikepdf
import pytest
from alone import Here, alone
from printed import kept
from valuations import RANGE, small, write

from sroi.analysis.valuation.valuation import Valuation, value, variants
from sroi.inputs.files.chosen_library import shipped_library
from sroi.inputs.files.scenario_file import load
from sroi.inputs.library.library import Library, library_of
from sroi.inputs.library.used_library import as_text
from sroi.inputs.text.yaml_text import parse
from sroi.problems import Problem, Unusable
from sroi.report.files.attached import ASKED, LIBRARY, RESULTS
from sroi.report.pages.page import rendered
from sroi.report.pdf.as_made import of_page
from sroi.report.pdf.compared import differences, same_table
from sroi.report.pdf.evidence import Asked, asked_in, evidence
from sroi.report.pdf.opened import Page, carrying
from sroi.report.pdf.pdf import Attachment, pdf
from sroi.report.pdf.verdict import Verdict
from sroi.report.pdf.verified import carried, verified

DAY = datetime.date(2026, 3, 1)
ALL_TRUE = ["inputs_true", "library_true", "numbers_true", "tables_true"]
LOOKING = b'{"lang":"nl","command":"","variant":"","summary_only":false,"look":%b}'
TOLD: dict[object, dict[str, object]] = {}


@pytest.fixture(autouse=True)
def once(monkeypatch):
    """The same inputs, asked for in the same way, are told once, and all of it in this process."""
    alone(monkeypatch)
    filled = Asked.filled

    def told_once(asked: Asked, valuation: Valuation, others: object) -> dict[str, object]:
        key = (asked, valuation.loaded.inputs_sha256)
        if key not in TOLD:
            TOLD[key] = filled(asked, valuation, others)
        return TOLD[key]

    monkeypatch.setattr(Asked, "filled", told_once)


@cache
def report(
    variant: str = "", lang: str = "nl", summary: bool = True
) -> tuple[str, tuple[Attachment, ...]]:
    """The page of a report, and what goes along. Its summary, which is soon made."""
    scenario = small(outcomes__rate=RANGE) | {"scenario": "plan", "date": DAY.isoformat()}
    scenario |= {"variants": {"kort": {"basis.years": 3}}}
    path = write(scenario, "plan.yaml")
    valuation = value(load(path, variant))
    asked = Asked(lang, "sroi run plan.yaml", variant, summary)
    filled = asked.filled(valuation, variants(valuation, path))
    return rendered(filled, for_print=True), tuple(evidence(valuation, asked))


def made(variant: str = "", lang: str = "nl", summary: bool = True) -> bytes:
    """That report as a PDF."""
    return kept(*report(variant, lang, summary), DAY)[0]


def changed(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """The report with something changed in the PDF."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(made())) as document:
        change(document)
        document.save(stream)
    return stream.getvalue()


def with_file(name: str, content: bytes) -> bytes:
    """The report with something else in one of its files, or with one more of them."""

    def put(document: pikepdf.Pdf) -> None:
        document.attachments[name] = pikepdf.AttachedFileSpec(document, content, filename=name)

    return changed(put)


def file(name: str) -> bytes:
    """A file of the report."""
    return next(one.content for one in report()[1] if one.name == name)


def with_results(**changes: object) -> bytes:
    """The report with other results."""
    return with_file(RESULTS, json.dumps(json.loads(file(RESULTS)) | changes).encode())


def told(content: bytes) -> dict[str, dict[str, object]]:
    """What comes of it: the facts of every sentence."""
    verdict = verified(content, Here())
    return {check.key: check.facts for check in (*verdict.inputs, *verdict.file)}


def parts(content: bytes) -> list[tuple[str, object]]:
    """What is said of the pages, each with its page."""
    return [(one.key, one.facts.get("page")) for one in verified(content, Here()).file[0].parts]


@pytest.mark.parametrize(
    ("variant", "lang", "summary"),
    [("", "nl", True), ("", "en", True), ("kort", "nl", True)],
)
def test_a_report_is_true(variant, lang, summary):
    """And byte for byte what is made of it again."""
    verdict = verified(made(variant, lang, summary), Here())
    assert verdict.right
    assert verdict.as_made
    assert [check.key for check in verdict.inputs] == ALL_TRUE
    assert [check.key for check in verdict.file] == ["pages_same"]
    assert (verdict.scenario, verdict.version) == ("plan", verdict.now)
    assert {one.name: one.content for one in report(variant, lang, summary)[1]} == verdict.files


def test_a_short_report_is_true_and_holds_what_the_whole_one_does():
    """The same files go along, but for how it was asked for; and a report from before there was a
    short form is read as one that is not."""
    path = write(small(outcomes__rate=RANGE) | {"scenario": "plan"}, "plan.yaml")
    valuation = value(load(path))
    short, whole = (Asked("nl", "sroi run plan.yaml", short=one) for one in (True, False))
    html = rendered(short.filled(valuation, {}), for_print=True)
    verdict = verified(kept(html, tuple(evidence(valuation, short)))[0], Here())
    assert (verdict.right, verdict.as_made) == (True, True)
    files = {one.name: one.content for one in evidence(valuation, whole)}
    assert {name for name in files if files[name] != verdict.files[name]} == {ASKED}
    before = json.loads(files[ASKED])
    del before["short"]
    assert asked_in(before) == whole


def test_saved_by_another_program_it_is_right_and_not_as_made():
    """Nothing is seen to differ, and that is what is told."""
    content = changed(lambda document: None)
    verdict, found = verified(content, Here()), told(content)
    assert (verdict.right, verdict.as_made) == (True, False)
    assert list(found) == [*ALL_TRUE, "pages_saved_again"]
    assert parts(content) == []
    assert found["numbers_true"]["count"] > 50


@pytest.mark.parametrize(("by", "true"), [(1 + 1e-12, True), (1 + 1e-8, False), (10, False)])
def test_numbers_are_compared_to_nine_digits(by, true):
    """The last digits differ between processors."""
    expected = json.loads(file(RESULTS))["expected"]
    stated = expected | {"benefits": expected["benefits"] * by}
    found = told(with_results(expected=stated))
    assert ("numbers_true" in found) == true
    if not true:
        assert found["numbers_untrue"]["first"] == "expected.benefits"


def test_a_number_that_is_left_out_is_missed():
    """Also where it is put in under another name."""
    found = told(with_results(by_year=[], extra=1))
    assert found["numbers_untrue"]["first"] == "by_year, extra"


def test_a_changed_table_a_missing_one_and_one_too_many():
    """Each is named."""
    table = file("by_year.csv").replace(b"2026", b"2027", 1)
    assert told(with_file("by_year.csv", table))["tables_untrue"]["first"] == "by_year.csv"
    assert told(with_file("meer.exe", b"x"))["tables_untrue"]["first"] == "meer.exe"
    gone = changed(lambda document: document.attachments.pop("by_year.csv"))
    assert told(gone)["tables_untrue"]["first"] == "by_year.csv"


def test_what_a_file_is_called_reaches_no_terminal():
    """Names and versions are cut short, without what a terminal would obey."""
    found = told(with_file("\x1b[31m" + "x" * 500 + ".csv", b"x"))
    assert found["tables_untrue"]["first"] == "\ufffd[31m" + "x" * 55
    assert verified(with_results(version="\x1b[2J"), Here()).version == "\ufffd[2J"


def test_other_inputs_give_other_numbers():
    """And another fingerprint than the report states."""
    text = file("plan.yaml").replace(b"high: 2.5", b"high: 2.6")
    assert text != file("plan.yaml")
    found = told(with_file("plan.yaml", text))
    assert {"inputs_untrue", "numbers_untrue", "pages_changed"} <= set(found)
    assert found["inputs_untrue"]["stated"] != found["inputs_untrue"]["found"]


def test_a_fingerprint_is_compared_to_its_last_digit():
    """Though only the first twelve are printed."""
    stated = json.loads(file(RESULTS))["inputs_sha256"]
    other = stated[:-1] + ("0" if stated[-1] != "0" else "1")
    assert "inputs_untrue" in told(with_results(inputs_sha256=other))


def test_other_words_on_a_page():
    """The page is named; a page too many is counted."""
    html, files = report()
    amount = "€\u00a01.000" if "€\u00a01.000" in html else "2026"
    content = kept(html.replace(amount, "€\u00a09.999"), files, DAY)[0]
    assert verified(content, Here()).right
    assert ("page_words", 1) in parts(content)
    more = told(changed(lambda document: document.add_blank_page()))
    assert more["pages_count"]["given"] == more["pages_count"]["expected"] + 1


def test_of_another_version():
    """It says so; what a later version tells more is no difference."""
    stated = json.loads(file(RESULTS)) | {"version": "0.0.1"}
    del stated["beyond_horizon"]
    verdict = verified(with_file(RESULTS, json.dumps(stated).encode()), Here())
    assert (verdict.version, verdict.right) == ("0.0.1", True)
    assert verdict.now != "0.0.1"


def test_of_another_build():
    """The same version from another commit: told, and no reason to doubt what agrees."""
    assert not verified(with_file(ASKED, file(ASKED)), Here()).another_build
    asked = json.loads(file(ASKED)) | {"version": "0.1.0+g123456789"}
    verdict = verified(with_file(ASKED, json.dumps(asked).encode()), Here())
    assert verdict.another_build
    assert (verdict.version, verdict.build) == (verdict.now, "0.1.0+g123456789")


def with_library(change: Callable[[Library], Library], build: str = "") -> Verdict:
    """The verdict on a report that was made, whole, with other prices than those of sroi."""
    scenario = small(outcomes__rate=RANGE, outcomes__proxy="huishoudelijke-hulp-uur")
    del scenario["proxies"]
    scenario |= {"scenario": "anders", "sources": [], "date": DAY.isoformat()}
    path = write(scenario, "anders.yaml")
    valuation = value(load(path, library=change(shipped_library())))
    asked = Asked("nl", "sroi run anders.yaml", summary_only=True)
    asked = replace(asked, version=build) if build else asked
    html = rendered(asked.filled(valuation, {}), for_print=True)
    return verified(kept(html, tuple(evidence(valuation, asked)), DAY)[0], Here())


def with_entry(**changes: object) -> Callable[[Library], Library]:
    """The library with something else in its price of household help."""

    def changed(library: Library) -> Library:
        files = json.loads(json.dumps(library.files))
        for theme in files.values():
            for entry in theme.get("proxies", []):
                if entry["id"] == "huishoudelijke-hulp-uur":
                    entry.update(changes)
        by_name = {
            name: parse(as_text({name: data}, "x").partition("\n")[2].encode(), name)
            for name, data in files.items()
        }
        parts = {name: replace(one, data=one.data[name]) for name, one in by_name.items()}
        problems: list[Problem] = []
        library = library_of(parts, problems)
        assert problems == []
        return library

    return changed


def test_a_report_that_was_made_of_other_prices():
    """All of it agrees with itself; but not with the prices of sroi, and each is named."""
    verdict = with_library(with_entry(value="38.76"))
    assert (verdict.right, verdict.as_made) == (False, True)
    check = next(one for one in verdict.inputs if one.key == "library_untrue")
    assert {one.facts["id"] for one in check.parts} == {"huishoudelijke-hulp-uur"}
    own = shipped_library().proxies["huishoudelijke-hulp-uur"].value
    told = {one.facts["field"]: (one.facts["handed"], one.facts["own"]) for one in check.parts}
    assert told["value"] == ("38.76", "–")
    assert told["value.low"] == ("–", f"{own.low:g}")


def test_a_report_of_another_build_with_other_prices_is_no_true_one():
    """Its own library is not at hand: that is said, and it is not called right."""
    verdict = with_library(with_entry(value="38.76"), build="0.1.0+g123456789")
    assert not verdict.right
    assert "library_unknown" in [one.key for one in verdict.inputs]


def test_a_review_is_what_somebody_claims():
    """It does not make the report wrong, and it is told who says so and when."""
    review = {"status": "checked", "by": "Een hogeschool", "on": "2026-02-01"}
    verdict = with_library(with_entry(review=review))
    assert verdict.right
    check = next(one for one in verdict.inputs if one.key == "reviews_claimed")
    told = {"id": "huishoudelijke-hulp-uur", "by": "Een hogeschool", "on": "2026-02-01"}
    assert [(one.key, one.facts) for one in check.parts] == [("claim_checked", told)]


def note(document: pikepdf.Pdf, **parts: object) -> None:
    """One more note on the second page."""
    made = {"/Type": "/Annot", "/Rect": [10, 10, 90, 40]} | {f"/{k}": v for k, v in parts.items()}
    names = {k: pikepdf.Name(v) if str(v).startswith("/") else v for k, v in made.items()}
    page = document.pages[-1].obj
    page["/Annots"] = pikepdf.Array([*page.get("/Annots", []), pikepdf.Dictionary(names)])


def painted_over(document: pikepdf.Pdf) -> None:
    """A white box over the page."""
    document.pages[0].contents_add(b"q 1 g 0 0 400 400 re f Q")


def another_drawing(document: pikepdf.Pdf) -> None:
    """Something that the page names is another thing: of a shade or a drawing, the numbers."""
    fonts = document.pages[0].obj.Resources.Font
    fonts[next(iter(fonts))].BaseFont = pikepdf.Name("/Anders")


def acts(document: pikepdf.Pdf) -> None:
    """Something happens when it is opened."""
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/Named"), N=pikepdf.Name("/X"))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda document: note(document, Subtype="/FreeText", Contents="€ 9"), "page_note"),
        (lambda document: note(document, Subtype="/Square"), "page_note"),
        (painted_over, "page_painted"),
        (another_drawing, "page_painted"),
        (acts, "act"),
    ],
)
def test_a_page_that_was_changed(change, found):
    """Inputs and results are right, and it is not the file as it was made; the page is named."""
    content = changed(change)
    verdict = verified(content, Here())
    assert (verdict.right, verdict.as_made) == (True, False)
    assert found in [key for key, _ in parts(content)]


def test_a_note_that_was_added_is_told_with_its_sort_and_page():
    """Once, and nothing else."""
    content = changed(lambda document: note(document, Subtype="/Square"))
    check = verified(content, Here()).file[0]
    last = len(pikepdf.open(io.BytesIO(content)).pages)
    assert [(one.key, one.facts) for one in check.parts] == [
        ("page_note", {"page": last, "kind": "Square"})
    ]


def test_a_link_that_is_gone_is_missed():
    """And one that leads elsewhere is another one, and a missing one."""
    page = Page("woorden", "verf", (("Link", "a"), ("Link", "b")))
    parts = list(of_page(3, replace(page, notes=(("Link", "a"),)), page))
    assert [(one.key, one.facts) for one in parts] == [
        ("page_note_missing", {"page": 3, "count": 1})
    ]
    moved = replace(page, notes=(("Link", "a"), ("Link URI https://example.org", "c")))
    assert [one.key for one in of_page(3, moved, page)] == ["page_note", "page_note_missing"]


@pytest.mark.parametrize("version", ["", "0.1 nep", "0" * 61, "<b>", 1])
def test_a_build_that_no_sroi_has(version):
    """What is printed on a page again comes from somebody else's file."""
    asked = json.loads(file(ASKED)) | {"version": version}
    with pytest.raises(Unusable):
        verified(with_file(ASKED, json.dumps(asked).encode()), Here())


def test_a_pdf_without_its_files_is_no_report_of_ours():
    """Nor is any other PDF."""
    for content in (
        pdf("<html lang=nl><title>x</title><h1>x</h1>"),
        changed(lambda document: document.attachments.pop(ASKED)),
        changed(lambda document: document.attachments.pop(LIBRARY)),
    ):
        assert codes(content) == ["report-foreign"]


def codes(content: bytes) -> list[str]:
    """What is said of a report that cannot be reckoned with."""
    with pytest.raises(Unusable) as caught:
        verified(content, Here())
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (ASKED, b""),
        (ASKED, b"[]"),
        (ASKED, b'{"lang": "nl"}'),
        (ASKED, b'{"lang": "fr", "command": "", "variant": "", "summary_only": false}'),
        (ASKED, LOOKING % b"[1]"),
        (ASKED, LOOKING % b'{"name": "x", "accent": "}</style>", "logo": ""}'),
        (ASKED, LOOKING % b'{"name": "x", "accent": "#0b5c71", "logo": "AAAA"}'),
        (RESULTS, b"\xff"),
        (RESULTS, b"{}"),
        (RESULTS, b"[" * 100_000),
        (RESULTS, b'{"scenario": NaN}'),
        (RESULTS, b'{"scenario": ["plan"], "version": 1, "inputs_sha256": 1}'),
        (RESULTS, b'{"scenario": "../plan", "version": "1", "inputs_sha256": "1"}'),
        (RESULTS, b'{"scenario": "ander-plan", "version": "1", "inputs_sha256": "1"}'),
    ],
)
def test_what_we_did_not_write_is_damaged(name, content):
    """A finding, and no traceback."""
    assert codes(with_file(name, content)) == ["report-damaged"]


def test_a_scenario_that_cannot_be_read_is_told_as_such():
    """With its own findings, at their places in the file that is in the report."""
    with pytest.raises(Unusable) as caught:
        verified(with_file("plan.yaml", b"scenario: plan\n"), Here())
    assert {problem.file for problem in caught.value.problems} == {"plan.yaml"}
    assert "field-missing" in {problem.code for problem in caught.value.problems}
    assert codes(with_file(LIBRARY, b"- 1"))
    asked = json.loads(file(ASKED)) | {"variant": "weg"}
    assert codes(with_file(ASKED, json.dumps(asked).encode())) == ["variant-unknown"]


def test_results_of_the_wrong_kind_differ():
    """Whatever stands in them."""
    odd = {"version": {}, "inputs_sha256": [], "expected": 10**400, "years": None}
    verdict: Verdict = verified(with_results(**odd), Here())
    assert not verdict.right
    assert [check.key for check in verdict.inputs if not check.holds] == [
        "inputs_untrue", "numbers_untrue",
    ]  # fmt: skip


def test_where_two_results_differ():
    """By the path; a truth is no number."""
    one = {"a": 1.0, "b": [1, {"c": "x"}], "d": None, "e": True}
    assert list(differences(one, one)) == []
    other = {"a": 1.1, "b": [1, {"c": "y"}], "d": 0, "e": 1}
    assert list(differences(one, other)) == ["a", "b.1.c", "d", "e"]
    assert list(differences({"b": [1]}, {"b": [1, 2]})) == ["b"]
    assert list(differences({"a": 1}, {"a": 1, "f": 1}, more=True)) == []
    assert list(differences({"a": 1}, {"a": 1, "f": 1})) == ["f"]


@pytest.mark.parametrize(
    ("given", "separator", "same"),
    [
        (b"x;y\r\n1,5;a\r\n", ";", True),
        (b"x;y\r\n1,50000000000001;a\r\n", ";", True),
        (b"x;y\r\n1,6;a\r\n", ";", False),
        (b"x;y\r\n1,5;b\r\n", ";", False),
        (b"x;y\r\n", ";", False),
        (b"x;y;z\r\n1,5;a;b\r\n", ";", False),
        (b"", ";", False),
        (b"\xff\xfe", ";", False),
        (b"x;y\r\n\0;a\r\n", ";", False),
    ],
)
def test_when_two_tables_are_the_same(given, separator, same):
    """Cell for cell; numbers to nine digits."""
    assert same_table(given, b"x;y\r\n1,5;a\r\n", separator) == same


def test_what_is_carried_is_read_as_it_stands():
    """Without reckoning."""
    given = carried(carrying(made()))
    assert given.scenario == "plan.yaml"
    assert given.asked == Asked("nl", "sroi run plan.yaml", "", True)
