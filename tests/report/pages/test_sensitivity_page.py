"""The pages of what drives the answer in the report: what is said when."""

import re
from functools import cache

import pytest
from care_sections import sections
from told_by_hand import (
    LANGS,
    ask,
    tell,
    tell_of,
    two_ladders,
    two_quantities,
    unpriced,
)

from sroi.report.pages import sensitivity as sensitivity_page
from sroi.report.pages.care import Part

SECTIONS = {"sensitivity", "highest_price", "information"}


@cache
def part(name: str, of: str = "sensitivity", lang: str = "nl") -> Part:
    """A part of a report."""
    return getattr(sensitivity_page, of)(tell(name, lang))


def sentences(name: str, of: str = "sensitivity") -> str:
    """All that it says, with spaces that break."""
    found = part(name, of)
    return " ".join([*found.sentences, *found.after]).replace("\u00a0", " ")


def test_sections_are_there_where_there_is_something():
    """Of a line all; nothing is drawn of what is certain; a cohort has no activity."""
    assert set(sections("without a price")) >= SECTIONS
    assert set(sections("certain line")) & SECTIONS == {"sensitivity", "highest_price"}
    assert set(sections("cohort")) & SECTIONS == {"sensitivity", "information"}


def test_what_is_certain_can_still_turn():
    """There is a table of turning points then, and no chart."""
    assert part("certain line").charts == []
    assert [row[3] for row in part("certain line").tables[0].rows] == ["geen bandbreedte"]
    assert len(part("line").charts) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_the_largest_swing_is_named_and_drawn(lang):
    """In the sentence by its whole name, in the chart with the field above it."""
    found, subject = part("line", lang=lang), "outcomes.verandering.rate"
    assert tell("line", lang).subject(subject) in found.sentences[0]
    drawing = found.charts[0].svg
    field, line = tell("line", lang).label(subject).split("\n")
    assert drawing.index(field[:20]) < drawing.index(f">{line}<")


def test_the_axis_says_where_the_threshold_is():
    """Beside the bars, or outside where it lies far off."""
    near, far = (part(name).charts[0].svg for name in ("line", "forty outcomes"))
    assert "streeplijn: drempel" in near
    assert "de drempel € 0 ligt buiten beeld" in far.replace("\u00a0", " ")


def test_the_report_has_at_most_eight_bars_and_twelve_turning_points():
    """Of forty outcomes the largest."""
    found = part("forty outcomes")
    bars = re.findall(r">Verandering \d+<", found.charts[0].svg)
    assert len(bars) == sensitivity_page.MOST_BARS
    more = tell("forty outcomes").words("sens.more", shown=8, count=32)
    assert more in found.sentences
    assert len(found.tables[0].rows) <= sensitivity_page.MOST_TURNS


def test_what_turns_nothing_is_counted():
    """And nothing is said of none."""
    never = tell("line").words("sens.never", count=1)
    assert never in sentences("two quantities")
    assert never[:40] not in sentences("line")


@pytest.mark.parametrize("lang", LANGS)
def test_for_whom_a_price_is(lang):
    """For society, or for one purse; and what it is not, of a ladder."""
    words, found = tell("line", lang).words, []
    for result in ("society", "gemeente"):
        asked = ask("line", result, lang)
        prices = sensitivity_page.highest_prices(asked.question.model, _draws(asked))
        found.append(list(sensitivity_page.told_prices(asked, prices)))
    payer = tell("line", lang).payer("gemeente")
    assert found[0][1] == words("sens.price_for_all")
    assert found[1][1] == words("sens.price_for_payer", payer=payer)
    assert len(found[0]) == 2


def _draws(asked):
    return sensitivity_page.some_draws(asked.question.model, asked.told.scenario.basis, 16)


def test_the_price_of_a_ladder_is_what_the_whole_may_cost():
    """Its benefits do not grow with the number of trajectories."""
    scenario = two_ladders()
    scenario["activities"] = [{"id": "hulp", "what": "Hulp", "unit": "traject", "volume": 40}]
    scenario["care_ladder"][0]["of"] = "hulp"
    shown = tell_of(scenario)
    assert shown.words("sens.price_of_ladder") in sensitivity_page.prices(shown).sentences[0]
    assert shown.words("sens.price_of_ladder") not in sentences("line", "prices")


def test_themes_are_told_with_their_shares():
    """Those that answer for something."""
    assert "effecten 94% en investering 6%" in sentences("two quantities", "information")


def test_what_moves_together_is_said():
    """The shares are those of independent quantities."""
    paths = ["outcomes.verandering.rate", "investment.inzet.per_year"]
    pair = {"of": paths, "rho": 0.5, "because": "Voorbeeld."}
    linked = tell_of(two_quantities() | {"correlations": [pair]})
    correlated = linked.words("sens.correlated")
    assert correlated in sensitivity_page.information(linked).sentences
    assert correlated not in part("two quantities", "information").sentences


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_decided_already_needs_no_research(lang):
    """Every draw says the same."""
    found = part("nothing but loss", "information", lang)
    assert found.after == [tell("nothing but loss", lang).words("sens.settled")]
    assert found.tables == []


def test_what_knowing_everything_is_worth_by_hand():
    """A quarter of the cases, in which 1,000 is lost on average: € 250."""
    said = sentences("line", "information")
    assert "koos in 25% van de gevallen anders; dat is € 250 waard" in said


@pytest.mark.parametrize("lang", LANGS)
def test_what_has_no_price_has_a_curve(lang):
    """Named in quotes, for it is a sentence of somebody else."""
    (found,) = sensitivity_page.without_price(tell("without a price", lang))
    assert "‘Buren groeten elkaar’" in found.charts[0].title
    assert "€" in found.charts[0].svg
    assert "50%" in found.charts[0].svg


def test_without_anything_unpriced_there_is_no_curve():
    """Nor where no worth would change anything."""
    assert sensitivity_page.without_price(tell("line")) == []
    assert sensitivity_page.without_price(tell_of(unpriced(rate=0))) == []


def test_a_result_stands_beside_published_ones():
    """With how many there are and what they cannot tell; not a ratio that says nothing."""
    found = sensitivity_page.reference(tell("line"))
    assert len(found) >= 2
    assert all("(" in sentence for sentence in found)
    for name in ("nothing but loss", "no investment"):
        for sentence in sensitivity_page.reference(tell(name)):
            assert sentence.startswith("Verandering: ")
