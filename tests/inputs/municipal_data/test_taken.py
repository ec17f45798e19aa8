"""One number out of a table, and each thing that goes wrong elsewhere. All numbers are invented."""

import municipal_tables as tables
import pytest

from sroi.inputs.municipal_data.asked import Asked
from sroi.inputs.municipal_data.opened import table_of
from sroi.inputs.municipal_data.overview import overview
from sroi.inputs.municipal_data.rounding import Band
from sroi.inputs.municipal_data.taken import divided_by, taken
from sroi.problems import Unusable
from sroi.report.words.problem_text import sentence

TOTAL = {tables.TYPE: "Totaal"}
CLIENTS, HALF = tables.CLIENTS, "2025HJ01"
POPULATION = ("Regio's", "Perioden", "Inwoners (aantal)")


@pytest.fixture
def wmo(tmp_path):
    return overview(table_of(tables.statline(tmp_path / "wmo.csv")))


@pytest.fixture
def of_rows(tmp_path):
    """A table of StatLine with these rows and headings."""

    def made(rows, *heads, name="tabel.csv"):
        return overview(table_of(tables.statline(tmp_path / name, rows, heads)))

    return made


def refused(found, area, asked, today=False) -> str:
    with pytest.raises(Unusable) as stopped:
        taken(found, area, asked, today)
    return stopped.value.problems[0].code


def test_a_count_has_the_band_of_its_rounding(wmo):
    """A count of five means two and a half to seven and a half."""
    one = taken(wmo, "Tilburg", Asked(CLIENTS, HALF, {tables.TYPE: "Beschermd wonen"}))
    assert one.band == Band(2.5, 5, 7.5)
    assert (one.written, one.lines, one.status) == ("5", (10,), "provisional")


def test_zero_is_less_than_half_of_the_unit_and_never_below(wmo):
    one = taken(wmo, "Bergen (L.)", Asked(CLIENTS, HALF, {tables.TYPE: "Beschermd wonen"}))
    assert one.band == Band(0, 0, 2.5)


def test_a_point_is_unknown_and_never_zero(wmo):
    assert refused(wmo, "Almere", Asked(CLIENTS, HALF, TOTAL)) == "data-figure-unknown"


def test_without_symbols_an_empty_cell_is_unknown_too(tmp_path):
    found = overview(table_of(tables.statline(tmp_path / "a.csv", symbols=False)))
    assert refused(found, "Almere", Asked(CLIENTS, HALF, TOTAL)) == "data-figure-unknown"


def test_half_years_are_not_added_up(wmo):
    assert refused(wmo, "Tilburg", Asked(CLIENTS, "2025", TOTAL)) == "data-period-parts"
    assert refused(wmo, "Tilburg", Asked(CLIENTS, "2023", TOTAL)) == "data-period-unknown"


@pytest.mark.parametrize(
    ("asked", "code"),
    [("'s-Hertogenbosch", "GM0796"), ("Den Bosch", "GM0796"), ("den bosch", "GM0796"),
     ("Súdwest-Fryslân", "GM1900"), ("Sudwest Fryslan", "GM1900"), ("Bergen (L.)", "GM0893"),
     ("Bergen (NH)", "GM0373"), ("GM0373   ", "GM0373"), ("0893", "GM0893")],
)  # fmt: skip
def test_a_name_is_found_in_its_spellings(wmo, asked, code):
    assert taken(wmo, asked, Asked(CLIENTS, HALF, TOTAL)).area.code == code


def test_a_name_that_two_have_is_asked_about(wmo):
    assert refused(wmo, "Bergen", Asked(CLIENTS, HALF, TOTAL)) == "data-area-several"


def test_codes_have_blanks_behind_them(tmp_path):
    rows = [("GM0855", "2024JJ00", 5), ("GM0796", "2024JJ00", 10)]
    found = overview(table_of(tables.version_3(tmp_path / "a.csv", rows, ["Clienten_1"])))
    assert taken(found, "GM0855", Asked("Clienten_1")).written == "5"


def test_neighbourhoods_of_one_name_are_told_apart_by_code(of_rows):
    heads = ("Wijken en buurten", "Codering (code)", "Perioden", "Inwoners (aantal)")
    rows = [("Wijk 01 Centrum", "WK085501  ", "2024", 905), ("Wijk 01 Centrum", "WK079601  ",
            "2024", 1405)]  # fmt: skip
    found = of_rows(rows, *heads)
    assert taken(found, "WK085501", Asked("Inwoners")).band.best == 905
    assert refused(found, "Wijk 01 Centrum", Asked("Inwoners")) == "data-area-several"


def test_neighbourhoods_of_one_name_without_codes_are_refused(of_rows):
    rows = [("Wijk 01 Centrum", "2024", 905), ("Wijk 01 Centrum", "2024", 1405)]
    found = of_rows(rows, "Wijken en buurten", "Perioden", "Inwoners (aantal)")
    assert refused(found, "Wijk 01 Centrum", Asked("Inwoners")) == "data-row-twice"


def test_totals_among_the_rows_are_never_chosen_or_added(wmo):
    assert refused(wmo, "Tilburg", Asked(CLIENTS, HALF)) == "data-rows-several"


def test_a_municipality_that_ended_says_where_it_went(wmo):
    with pytest.raises(Unusable) as stopped:
        taken(wmo, "Aalburg", Asked(CLIENTS, HALF, TOTAL))
    (problem,) = stopped.value.problems
    assert problem.code == "data-area-ended"
    assert problem.facts["into"] == "Altena (GM1959)"
    assert "sinds 1 januari 2019" in sentence(problem, "nl").replace("\u00a0", " ")
    assert "1 January 2019" in sentence(problem, "en").replace("\u00a0", " ")


def test_a_municipality_of_today_is_added_up_from_its_parts(of_rows):
    """Each part may have been rounded: the bands add up too. It is told which parts they were."""
    parts = [("Aalburg", 105), ("Werkendam", 205), ("Woudrichem", 155)]
    more = [(f"Voorbeeld {n}", 5 * n) for n in range(8)]
    rows = [(name, "2018", size) for name, size in parts + more] + [("Altena", "2018", ".")]
    one = taken(of_rows(rows, *POPULATION), "Altena", Asked("Inwoners"))
    assert one.band == Band(457.5, 465, 472.5)
    assert one.added == ("Aalburg (GM0738)", "Werkendam (GM0870)", "Woudrichem (GM0874)")
    assert one.lines == (2, 3, 4)


def test_a_part_that_is_unknown_makes_the_sum_unknown(of_rows):
    rows = [("Aalburg", "2018", 105), ("Werkendam", "2018", "."), ("Woudrichem", "2018", 155)]
    assert refused(of_rows(rows, *POPULATION), "GM1959", Asked("Inwoners")) == "data-figure-unknown"


def test_shares_of_parts_do_not_add_up(of_rows):
    heads = ("Regio's", "Perioden", "Wmo-cliënten (per 1 000 inwoners)")
    rows = [("Aalburg", "2018", 40), ("Werkendam", "2018", 50), ("Woudrichem", "2018", 60)]
    assert refused(of_rows(rows, *heads), "Altena", Asked("Wmo")) == "data-shares-of-parts"


def test_a_municipality_that_was_divided_is_in_no_sum(of_rows):
    """Littenseradiel went to three municipalities in 2018."""
    names = ("Franekeradeel", "het Bildt", "Menameradiel", "Littenseradiel")
    rows = [(name, "2017", 100) for name in names]
    assert refused(of_rows(rows, *POPULATION), "Waadhoeke", Asked("Inwoners")) == (
        "data-area-divided"
    )


def test_one_that_grew_is_what_it_was_or_what_it_is(of_rows):
    """Groningen before Ten Boer and Haren joined it in 2019."""
    rows = [("Groningen (gemeente)", "2018", 1000), ("Ten Boer", "2018", 70), ("Haren", "2018",
            200), ("Groningen (PV)", "2018", 5000)]  # fmt: skip
    found = of_rows(rows, *POPULATION)
    then = taken(found, "GM0014", Asked("Inwoners"))
    assert then.band.best == 1000
    assert {one.name for one in then.grown} == {"Ten Boer", "Haren"}
    now = taken(found, "GM0014", Asked("Inwoners"), today=True)
    assert now.band.best == 1270
    assert refused(found, "Groningen", Asked("Inwoners")) == "data-area-several"


def test_a_table_of_a_later_division_was_added_up_already(tmp_path):
    """Its title says of which municipalities it is."""
    name = "Inwoners__regio__indeling_2023__19112026_101500.csv"
    rows = [("Altena", "2018", 465), ("Groningen (gemeente)", "2018", 1270)]
    path = tables.statline(tmp_path / name, rows, POPULATION)
    found = overview(table_of(path))
    assert "indeling 2023" in found.table.title
    assert taken(found, "Altena", Asked("Inwoners")).added == ()
    assert taken(found, "GM0014", Asked("Inwoners")).grown == ()


def test_a_rate_of_a_small_count_has_the_band_of_its_count(tmp_path):
    """Five clients among 1,200 people: 2.5 to 7.5 of them, and not 0.42 percent."""
    rows = [("GM0855", "2024JJ00", 5, 1200)]
    rows += [(f"GM{n:04}", "2024JJ00", 5 * n, 1000 + n) for n in range(1, 10)]
    found = overview(
        table_of(tables.version_3(tmp_path / "a.csv", rows, ["Clienten_1", "Mensen_2"]))
    )
    count, people = (taken(found, "GM0855", Asked(one)) for one in ("Clienten_1", "Mensen_2"))
    one = divided_by(count, people)
    assert one.share
    assert one.band == pytest.approx(Band(2.5 / 1200, 5 / 1200, 7.5 / 1200))


def test_a_rate_per_thousand_is_as_wide_as_it_was_rounded(wmo):
    """It was computed from counts that were not rounded: nothing makes it more exact."""
    one = taken(wmo, "Den Bosch", Asked("per 1 000", HALF, TOTAL))
    assert one.band == pytest.approx(Band(0.0425, 0.043, 0.0435))
    whole = taken(wmo, "Tilburg", Asked("per 1 000", HALF, {tables.TYPE: "Beschermd wonen"}))
    assert whole.band == pytest.approx(Band(0, 0, 0.0005))


def test_the_published_rate_lies_in_the_band_of_the_rounded_count(wmo):
    """5 of some 93,000 is 0.03 to 0.08 per 1,000, which is published as 0: both are told so."""
    count = taken(wmo, "Tilburg", Asked(CLIENTS, HALF, {tables.TYPE: "Beschermd wonen"}))
    rate = taken(wmo, "Tilburg", Asked("per 1 000", HALF, {tables.TYPE: "Beschermd wonen"}))
    assert rate.band.low <= count.band.best / 93_000 <= rate.band.high


def test_a_share_of_a_population_of_another_date_is_refused(of_rows):
    """As in a row that holds columns of different dates."""
    heads = ("Regio's", "Cliënten 2022 (aantal)", "Inwoners 1 januari 2021 (aantal)",
             "Inwoners 1 januari 2022 (aantal)")  # fmt: skip
    found = of_rows([("Tilburg", 105, 2205, 2225)], *heads)
    count, before, same = (
        taken(found, "Tilburg", Asked(one, "2022"))
        for one in ("Cliënten", "Inwoners 1 januari 2021", "Inwoners 1 januari 2022")
    )
    with pytest.raises(Unusable) as stopped:
        divided_by(count, before)
    assert stopped.value.problems[0].code == "data-other-date"
    assert divided_by(count, same).band.best == pytest.approx(105 / 2225)


def test_a_share_of_a_share_is_none(wmo):
    rate = taken(wmo, "Den Bosch", Asked("per 1 000", HALF, TOTAL))
    count = taken(wmo, "Den Bosch", Asked(CLIENTS, HALF, TOTAL))
    with pytest.raises(Unusable) as stopped:
        divided_by(count, rate)
    assert stopped.value.problems[0].code == "data-share-of-share"


def test_thousands_and_percentages_are_told_in_their_unit(of_rows):
    heads = ("Regio's", "Perioden", "Huishoudens (x 1 000)", "Laag inkomen (%)")
    found = of_rows([("Tilburg", "2022", 104.5, 6.8)], *heads)
    thousands = taken(found, "Tilburg", Asked("Huishoudens"))
    assert thousands.band == pytest.approx(Band(104_450, 104_500, 104_550))
    share = taken(found, "Tilburg", Asked("Laag inkomen"))
    assert share.band == pytest.approx(Band(0.0675, 0.068, 0.0685))


def test_a_table_without_periods_asks_for_one(of_rows):
    found = of_rows([("Tilburg", 5)], "Regio's", "Cliënten (aantal)")
    assert refused(found, "Tilburg", Asked("Cliënten")) == "data-period-unsaid"
    one = taken(found, "Tilburg", Asked("Cliënten", "2024"))
    assert one.when.said_by_user
    assert one.when.period.year == 2024


def test_few_numbers_are_seen_together_or_said_to_be_few(of_rows):
    """Whoever downloads one municipality has few numbers of each measure."""
    heads = ("Regio's", "Perioden", *(f"Cliënten {n} (aantal)" for n in range(8)))
    found = of_rows([("Tilburg", "2024", *(5 * n + 5 for n in range(8)))], *heads)
    assert taken(found, "Tilburg", Asked("Cliënten 0")).band == Band(2.5, 5, 7.5)
    alone = of_rows([("Tilburg", "2024", 5)], *POPULATION)
    assert taken(alone, "Tilburg", Asked("Inwoners")).band.exact
    assert alone.few("Inwoners (aantal)")
    alone.rounded = 5
    assert taken(alone, "Tilburg", Asked("Inwoners")).band == Band(2.5, 5, 7.5)


@pytest.mark.parametrize(
    ("other", "number", "value"),
    [("12,5", "1.515", 1515), ("1.234.567", "1.515", 1515), ("12,5", "1,515", 1.515),
     ("12.5", "1.515", 1.515)],
)  # fmt: skip
def test_a_table_of_ones_own_shows_by_its_other_numbers_what_a_point_is(
    tmp_path, other, number, value
):
    found = overview(table_of(own_table(tmp_path, number, other)))
    assert taken(found, "Tilburg", Asked("mensen", "2024")).band.best == value


@pytest.mark.parametrize(
    ("other", "number"), [("95", "1.515"), ("12.5", "1,515"), ("12,5;12.5", "1.515")]
)
def test_and_where_they_do_not_nothing_is_taken(tmp_path, other, number):
    found = overview(table_of(own_table(tmp_path, number, other)))
    assert found.measures["mensen"].ambiguous == number
    assert refused(found, "Tilburg", Asked("mensen", "2024")) == "data-number-ambiguous"


def own_table(folder, number, others):
    path = folder / "eigen.csv"
    more = "".join(f"Goirle;202{at};95;{one}\n" for at, one in enumerate(others.split(";")))
    path.write_text(f"gemeente;jaar;mensen;ander\nTilburg;2024;{number};1\n{more}")
    return path
