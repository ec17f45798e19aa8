"""What the terminal shows of what drives the answer: every part with its sentence, and no more."""

import contextlib
import io

import pytest
from told_by_hand import LANGS, MADE, answers, ask, tell_of

from sroi.analysis.result.question import question
from sroi.report.tables.sensitivity import Asked
from sroi.report.terminal import sensitivity as sensitivity_terminal
from sroi.report.terminal.terminal import WIDTH_IN_A_PIPE

# parts whose sentences or tables must be seen, by a word of each
PARTS = {
    "nl": ("Laag – hoog", "Omslagpunt", "Activiteit", "PAWN", "Betrouwbaarheid", "Thema"),
    "en": ("Low – high", "Turning", "Activity", "PAWN", "with others", "Theme"),
}


def shown(name: str, result: str = "society", lang: str = "nl", stopped: bool = False) -> str:
    """What is shown of all parts."""
    return drawn(ask(name, result, lang), answers(name, result), stopped)


def drawn(asked: Asked, found: dict, stopped: bool = False) -> str:
    """What is shown of some parts."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        sensitivity_terminal.show_parts(asked, found, stopped)
    return out.getvalue()


@pytest.mark.parametrize("lang", LANGS)
def test_every_part_is_shown(lang):
    """In the language that was asked, within the width of a pipe."""
    said = shown("two quantities", lang=lang)
    assert [word for word in PARTS[lang] if word not in said] == []
    assert not {"{", "}"} & set(said)
    assert max(map(len, said.split("\n"))) <= WIDTH_IN_A_PIPE


@pytest.mark.parametrize(
    ("result", "head"),
    [
        ("society", "Het saldo voor de samenleving bij de "),
        ("ratio", "De SROI-verhouding bij de "),
        ("gemeente:hard", "Het saldo (Gemeente, hard geld) bij de "),
    ],
)
def test_it_begins_with_the_result_itself(result, head):
    """Its name as a sentence begins, its value in the middle of everything, and its threshold."""
    first = shown("line", result).split("\n")[0].replace("\u00a0", " ")
    assert first.startswith(head)
    values = {"society": ("€ 2.000", "€ 0"), "ratio": ("1,50", "1,00"),
              "gemeente:hard": ("€ −400", "€ 0")}  # fmt: skip
    for value in values[result]:
        assert value in first


@pytest.mark.parametrize("name", ["certain line", "ladder", "harmful ladder", "cohort",
                                  "nothing but loss"])  # fmt: skip
def test_odd_scenarios_are_shown(name):
    """Without a placeholder, and without a table that has no rows."""
    said = shown(name)
    assert "{" not in said
    assert "nan" not in said.lower().split()
    assert "\n\n\n" not in said


def test_a_price_for_one_purse_is_not_one_for_society():
    """It says whose it is."""
    assert "voor de samenleving als geheel" in shown("line").replace("\n", " ")
    said = shown("line", "gemeente").replace("\n", " ")
    assert "Alleen wat in deze portemonnee valt, telt mee: Gemeente." in said
    assert "samenleving als geheel" not in said


def test_what_does_nothing_is_counted_and_named():
    """A few by name, of the others that there are more."""
    scenario = MADE["forty outcomes"]()
    for outcome in scenario["outcomes"]:
        outcome["deadweight"] = {"value": 1, "because": "Alles."}
    of = tell_of(scenario)
    asked = Asked(of, question(of.valuation.model))
    found = {"swings": sensitivity_terminal.sensitivity_page.swings(asked.question)}
    said = " ".join(drawn(asked, found).split())
    assert "Zonder invloed op deze uitkomst (40): Verandering 0: effect" in said
    assert said.count("Verandering ") == sensitivity_terminal.SOME
    assert "…" in said
    assert "meeste doet" not in said


def test_only_what_was_made_is_shown():
    """Whoever stopped sees what was done, and that there was more."""
    done = dict(list(answers("line").items())[:2])
    said = drawn(ask("line"), done, stopped=True)
    assert "Omslagpunt" in said
    assert "PAWN" not in said
    assert said.strip().endswith(ask("line").told.words("sens.stopped"))
    assert ask("line").told.words("sens.stopped") not in shown("line")


def test_stopped_before_anything_was_made():
    """The result itself is there."""
    said = drawn(ask("line"), {}, stopped=True)
    assert said.replace("\u00a0", " ").startswith("Het saldo voor de samenleving")
    assert len(said.strip().split("\n")) == 2


def test_a_constant_result_is_said_to_be_one():
    """In the place of shares of nothing."""
    assert ask("certain line").told.words("sens.constant") in shown("certain line")


def test_counting_is_shown_where_it_is_worth_something():
    """And not where nobody counted, or where it changes nothing."""
    words = ask("line").told.words
    assert words("sens.counting") in shown("counted share")
    assert words("sens.counting") not in shown("line")
    assert words("sens.counting") not in shown("without a price")


def test_markup_in_a_name_is_text():
    """Nothing of it is obeyed."""
    scenario = MADE["line"]()
    scenario["outcomes"][0]["what"] = "[red]x[/red] :smile:"
    of = tell_of(scenario)
    asked = Asked(of, question(of.valuation.model))
    said = drawn(asked, answers("line"))
    assert "[red]x[/red] :smile:" in said
