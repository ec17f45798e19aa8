"""Codings of interviews: counted by hand, and never quoted."""

import csv
import io
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.inputs.evidence.codings import Coding, cohens_kappa, counted, read_codings
from sroi.inputs.evidence.experience import Experience
from sroi.problems import Unusable
from sroi.report.words.problem_text import sentence

HEADS = ["gesprek", "perspectief", "uitkomst", "genoemd", "gevraagd", "tegenspraak", "codeur"]
PEOPLE = st.builds(
    Coding,
    interview=st.sampled_from("abcdefgh"),
    perspective=st.sampled_from(["client", "employee", "partner"]),
    outcome=st.sampled_from(["rust", "slaap", "iets nieuws"]),
    mentioned=st.booleans(),
    prompted=st.booleans(),
    negative=st.booleans(),
    coder=st.sampled_from(["", "1", "2"]),
    quote=st.just(""),
)


def sheet(folder: Path, rows, heads=tuple(HEADS)) -> Path:
    """A CSV as a Dutch spreadsheet writes it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([heads, *rows])
    path = folder / "gesprekken.csv"
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    return path


def test_a_sheet_by_hand(tmp_path):
    """Three clients, one employee; the second client only after a question."""
    rows = [
        ["g1", "deelnemer", "rust", "ja", "nee", "nee", "1"],
        ["g2", "deelnemer", "rust", "ja", "ja", "nee", "1"],
        ["g3", "deelnemer", "rust", "nee", "nee", "ja", "1"],
        ["g3", "deelnemer", "nieuw: angst", "ja", "nee", "nee", "1"],
        ["g4", "medewerker", "rust", "ja", "", "", "1"],
        ["g4", "medewerker", "rust", "nee", "", "", "2"],
    ]
    found = read_codings(sheet(tmp_path, rows), ["rust", "slaap"]).experience
    assert found["interviews"] == {"employee": "few", "client": "few"}
    (rust,) = found["outcomes"]
    assert rust["client"] == {"mentioned": "few", "prompted": "few", "negative": "few"}
    assert rust["employee"] == {"mentioned": "few"}
    assert "new" not in found  # named once
    assert found["kappa"] == "0.00"


def test_counts_of_five_and_more_are_told(tmp_path):
    """Six clients of whom five name it, two of them after a question; three name something new."""
    rows = [
        [f"g{n}", "klant", "rust", "ja" if n else "nee", "ja" if n > 3 else ""] for n in range(6)
    ]
    rows += [[f"g{n}", "klant", "Nieuw: angst", "ja", ""] for n in range(3)]
    found = read_codings(sheet(tmp_path, rows, HEADS[:5]), ["rust"]).experience
    assert found["interviews"] == {"client": "6"}
    assert found["outcomes"] == [{"of": "rust", "client": {"mentioned": "5", "prompted": "few"}}]
    assert found["new"] == [{"what": "angst", "perspective": "client", "mentioned": "few"}]


CONDITIONS = {"toegang": "toegang", "De Toegang kijkt mee": "toegang", "bus": "bus"}


def test_what_helps_and_what_hinders_is_counted_by_condition(tmp_path):
    """Five of six employees say that it helps, one of these also that it hinders; a client comes
    with something new; and a condition is no outcome."""
    heads = (*HEADS[:4], "werkt")
    rows = [[f"g{n}", "medewerker", "Toegang", "ja" if n else "nee", "helpt"] for n in range(6)]
    rows += [["g1", "medewerker", "De Toegang kijkt mee", "ja", "belemmert"]]
    rows += [[f"k{n}", "klant", "nieuw: de bus rijdt niet", "ja", "hindert"] for n in range(3)]
    rows += [["k0", "klant", "rust", "ja", ""]]
    found = read_codings(sheet(tmp_path, rows, heads), ["rust"], {}, CONDITIONS).experience
    assert found["factors"] == [{"of": "toegang", "employee": {"helps": "5", "hinders": "few"}}]
    new = {"what": "de bus rijdt niet", "perspective": "client", "mentioned": "few"}
    assert found["new"] == [new | {"works": "hinders"}]
    assert [one["of"] for one in found["outcomes"]] == ["rust"]
    assert found["interviews"] == {"employee": "6", "client": "few"}
    Experience.model_validate({"because": "Voorbeeld."} | found)


@pytest.mark.parametrize(
    ("row", "code", "near"),
    [
        (["g1", "klant", "toegng", "ja", "helpt"], "codings-condition", "toegang"),
        (["g1", "klant", "slaap", "ja", "helpt"], "codings-condition", ""),
        (["g1", "klant", "toegang", "ja", ""], "codings-outcome", ""),
        (["g1", "klant", "rust", "ja", "belemert"], "codings-works", "belemmert"),
    ],
)
def test_a_condition_and_how_it_works_are_known_words(tmp_path, row, code, near):
    """An outcome does not help, and a condition is not mistaken for an outcome."""
    with pytest.raises(Unusable) as caught:
        read_codings(sheet(tmp_path, [row], (*HEADS[:4], "werkt")), ["rust"], {}, CONDITIONS)
    problem = caught.value.problems[0]
    assert (problem.code, problem.facts["nearest"]) == (code, near)


def test_two_coders_may_differ_in_how_a_condition_works():
    """A yes to helping is no yes to hindering: they agree on nothing here."""
    first = Coding("g1", "client", "bus", True, False, False, "1", "", "helps")
    second = Coding("g1", "client", "bus", True, False, False, "2", "", "hinders")
    assert cohens_kappa([first, second]) is None


def both(pairs):
    """Codings of two coders, an interview for each pair of answers."""
    return [
        Coding(f"g{n}", "client", "rust", said, False, False, coder, "")
        for n, pair in enumerate(pairs)
        for coder, said in zip("12", pair, strict=True)
    ]


def test_kappa_by_hand():
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: p_o = .7, p_e = .5, kappa = .4."""
    yes, no = True, False
    pairs = [(yes, yes)] * 20 + [(yes, no)] * 5 + [(no, yes)] * 10 + [(no, no)] * 15
    assert cohens_kappa(both(pairs)) == pytest.approx(0.4)
    assert cohens_kappa(both([(yes, yes)] * 5)) == 1
    assert cohens_kappa(both(pairs)[::2]) is None


@given(st.lists(PEOPLE, min_size=1, max_size=40), st.randoms())
def test_names_and_order_of_interviews_do_not_matter(codings, chance: random.Random):
    """Neither does who coded first: outcomes only change their order."""
    names = dict(zip("abcdefgh", chance.sample("stuvwxyz", 8), strict=True))
    other = [Coding(**vars(c) | {"interview": names[c.interview]}) for c in codings]
    chance.shuffle(other)
    known = ["rust", "slaap"]
    first, second = counted(codings, known), counted(other, known)
    for key in ("interviews", "outcomes"):
        assert first.get(key) == second.get(key)
    assert cohens_kappa(codings) == cohens_kappa(other)


@given(st.lists(PEOPLE, min_size=1, max_size=60))
def test_what_comes_out_can_stand_in_a_scenario(codings):
    """Nobody names something more often than there are interviews; and no small count leaves."""
    found = counted(codings, ["rust", "slaap"])
    experience = Experience.model_validate({"because": "Voorbeeld."} | found)
    assert len(experience.outcomes) == len(found.get("outcomes", []))
    assert not re.search(
        r"'(mentioned|prompted|negative|client|partner|employee)': '[1-4]'", str(found)
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["g1", "buurman", "rust", "ja"], "codings-perspective"),
        (["g1", "klant", "rust", "misschien"], "codings-answer"),
        (["", "klant", "rust", "ja"], "codings-row-empty"),
    ],
)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_mistake_is_told_with_its_cell_and_not_with_its_words(tmp_path, row, code, lang):
    """For the words may be somebody's."""
    with pytest.raises(Unusable) as caught:
        read_codings(sheet(tmp_path, [row]), ["rust"])
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.line == 2
    told = sentence(problem, lang)
    assert "buurman" not in told
    assert "misschien" not in told


def test_a_missing_column_and_an_empty_sheet(tmp_path):
    """All columns at once."""
    with pytest.raises(Unusable) as caught:
        read_codings(sheet(tmp_path, [["g1", "rust"]], ("gesprek", "uitkomst")), ["rust"])
    assert [p.code for p in caught.value.problems] == ["codings-column-missing"] * 2
    with pytest.raises(Unusable, match="codings-empty"):
        read_codings(sheet(tmp_path, []), ["rust"])


def test_where_a_person_shows_no_words_are_kept(tmp_path):
    """A name in one quotation takes all quotations out, and is told without itself."""
    heads = (*HEADS[:4], "citaat", "toestemming")
    rows = [
        ["g1", "klant", "rust", "ja", "Ik slaap weer", "ja"],
        ["g2", "klant", "rust", "ja", "Mevrouw De Vries hielp mij", "ja"],
    ]
    found = read_codings(sheet(tmp_path, rows, heads), ["rust"])
    assert "quotes" not in found.experience
    assert found.problems
    assert all("Vries" not in sentence(p, "nl") for p in found.problems)
    clean = read_codings(sheet(tmp_path, rows[:1], heads), ["rust"])
    assert [quote["says"] for quote in clean.experience["quotes"]] == ["Ik slaap weer"]
    rows[0][-1] = "nee"
    assert "quotes" not in read_codings(sheet(tmp_path, rows[:1], heads), ["rust"]).experience


TABLES = Path(__file__).parents[2] / "tables"
IDS = ["minder-mw", "meer-ha"]
TITLES = {"Minder gesprekken": "minder-mw", "Klachten eerder bij de huisarts": "meer-ha"}


def told(name: str) -> list:
    with pytest.raises(Unusable) as caught:
        read_codings(TABLES / f"{name}.csv", IDS, TITLES)
    return list(caught.value.problems)


@pytest.mark.parametrize("name", ["titles", "gesprek-case"])
def test_an_outcome_by_its_title_and_an_interview_in_capitals(name):
    """Are the outcome and the interview that a reader takes them for."""
    found = read_codings(TABLES / f"{name}.csv", IDS, TITLES).experience
    assert found["interviews"] == {"client": "22"}
    assert [one["client"]["mentioned"] for one in found["outcomes"]] == ["14", "6"]
    assert "new" not in found


def test_an_outcome_that_matches_nothing_is_no_finding():
    """Told once, with its cells and the nearest id; whoever means something new says so."""
    (problem,) = told("typo")
    facts = problem.facts
    assert (problem.code, facts["count"], facts["nearest"]) == ("codings-outcome", 8, "minder-mw")
    assert facts["cells"].startswith("C2, C8")
    assert "minder mw" not in sentence(problem, "nl")


def test_one_interview_has_one_perspective():
    (problem,) = told("two-perspectives")
    assert (problem.code, problem.facts["count"]) == ("codings-two-perspectives", 7)


def test_interviews_that_look_alike_and_perspectives_with_a_typo_are_asked_about(tmp_path):
    """All at once, each kind with its cells."""
    rows = [["g-1", "klant", "rust", "ja"], ["g1", "klant", "rust", "ja"]]
    rows += [["g2", "deelnemr", "rust", "ja"], ["g3", "deelnemr", "rust", "misschien"]]
    with pytest.raises(Unusable) as caught:
        read_codings(sheet(tmp_path, rows), ["rust"])
    found = {p.code: (p.facts["cells"], p.facts.get("nearest")) for p in caught.value.problems}
    assert found == {
        "codings-interview-near": ("A3", None), "codings-perspective": ("B4, B5", "deelnemer"),
        "codings-answer": ("D5", ""),
    }  # fmt: skip


def test_what_is_new_is_one_thing_whatever_its_capitals(tmp_path):
    """And what the scenario does know is not new."""
    rows = [[f"g{n}", "klant", said, "ja"] for n, said in enumerate(
        ["nieuw: Angst", "NIEUW:angst", "new: angst ", "nieuw: rust"] + ["rust"] * 6)]  # fmt: skip
    found = read_codings(sheet(tmp_path, rows, HEADS[:4]), ["rust"]).experience
    assert found["new"] == [{"what": "Angst", "perspective": "client", "mentioned": "few"}]
    assert found["outcomes"][0]["client"]["mentioned"] == "7"


def test_yes_may_be_one_with_decimals(tmp_path):
    rows = [[f"g{n}.0", "klant", "rust", "1.0" if n < 6 else "0.0"] for n in range(9)]
    found = read_codings(sheet(tmp_path, rows, HEADS[:4]), ["rust"]).experience
    assert found["outcomes"][0]["client"]["mentioned"] == "6"


def test_a_sheet_of_interviews_is_what_is_seen_of_it(tmp_path):
    """Hidden rows and lines of totals are told here as well."""
    import openpyxl

    book = openpyxl.Workbook()
    rows = [HEADS[:4], ["g1", "klant", "rust", "ja"], ["g2", "klant", "rust", "ja"],
            ["Totaal", "klant", "rust", "ja"]]  # fmt: skip
    for row in rows:
        book.worksheets[0].append(row)
    book.worksheets[0].row_dimensions[3].hidden = True
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Unusable) as caught:
        read_codings(tmp_path / "a.xlsx", ["rust"])
    assert {p.code: p.facts["cells"] for p in caught.value.problems} == {
        "sheet-hidden": "A3", "sheet-total": "A4",
    }  # fmt: skip


def test_coders_who_have_no_interview_in_common_are_told(tmp_path):
    """Their agreement is unknown, and that may be because they number interviews in other ways."""
    apart = [["g1", "klant", "rust", "ja", "", "", "A"], ["i1", "klant", "rust", "ja", "", "", "B"]]
    found = read_codings(sheet(tmp_path, apart), ["rust"])
    assert "kappa" not in found.experience
    assert [problem.code for problem in found.problems] == ["codings-no-overlap"]
    together = [apart[0], ["G1", "klant", "rust", "ja", "", "", "b"]]
    found = read_codings(sheet(tmp_path, together), ["rust"])
    assert found.experience["kappa"] == "1.00"
    assert [problem.code for problem in found.problems] == ["codings-interview-spelled"]
