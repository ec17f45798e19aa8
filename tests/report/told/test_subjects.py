"""What a path is about: every number of a scenario has a name that says where it stands."""

import pytest
from scenarios_at_random import as_yaml
from told_by_hand import LANGS, MADE, tell, tell_of

PATHS = {
    "inflow.zwaar": ("Loop van de zorg: nieuwe mensen per jaar: Zwaar",
                     "Course of care: new people a year: Zwaar"),
    "moves.zwaar.exit": ("Loop van de zorg: hoe vaak per jaar van Zwaar uit zorg",
                         "Course of care: how often per year out of care from Zwaar"),
    "tiers.zwaar.cost": ("Zwaar: kosten per persoonsjaar", "Zwaar: cost per person-year"),
    "intervention.diversion": (
        "Loop van de zorg: deel van wie meteen zware zorg zoekt, dat lichte steun krijgt",
        "Course of care: share of those who seek heavy care at once that gets light support",
    ),
}  # fmt: skip


def subjects(name: str, lang: str = "nl") -> dict[str, str]:
    """Every number of a scenario by its path."""
    shown = tell(name, lang)
    return {path: shown.subject(path) for path in shown.assumptions}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_number_of_a_ladder_by_name(path, lang):
    """The only ladder is called that: its own name says nothing more."""
    said = tell("ladder", lang).subject(f"care_ladder.ladder.{path}")
    assert said == PATHS[path][LANGS.index(lang)]


def test_what_differs_by_year_or_by_move_by_name():
    """The year, the growth, the move and the tier are said."""
    scenario = MADE["certain ladder"]()
    ladder = scenario["care_ladder"][0]
    ladder["inflow"] = {"licht": {"start": 10, "growth": "2%"}, "zwaar": [100, 110]}
    ladder["moves"] = {"licht": {"exit": [2, 3]}, "zwaar": {"licht": 0.5, "exit": 1}}
    ladder["intervention"] |= {
        "by_move": {"zwaar": {"licht": 1.1}}, "by_tier": {"zwaar": {"diversion": "5%"}}
    }  # fmt: skip
    shown = tell_of(scenario)
    said = {path: shown.subject(path) for path in shown.assumptions}
    assert len(set(said.values())) == len(said)
    at, begin = "care_ladder.ladder", "Loop van de zorg: "
    short = {path.removeprefix(f"{at}."): x.removeprefix(begin) for path, x in said.items()}
    expected = {
        "inflow.licht.start": "nieuwe mensen per jaar: Licht",
        "inflow.licht.growth": "groei per jaar van nieuwe mensen: Licht",
        "inflow.zwaar.2027": "nieuwe mensen per jaar: Zwaar 2027",
        "moves.licht.exit.2026": "hoe vaak per jaar van Licht uit zorg 2026",
        "intervention.by_move.zwaar.licht": "hoe vaak mensen van Zwaar naar Licht gaan (nu = 1)",
    }
    assert {path: short[path] for path in expected} == expected
    assert said[f"{at}.intervention.by_tier.zwaar.diversion"].endswith("krijgt: Zwaar")


def test_a_count_of_a_register_by_name():
    """Of whom, and when."""
    scenario = MADE["ladder from a register"]()
    tiers = scenario["care_ladder"][0]["register"]["tiers"]
    tier = next(iter(tiers))
    ends = [tiers[tier]["end"] * factor for factor in (0.99, 1, 1.01)]
    tiers[tier]["end"] = dict(zip(("low", "best", "high"), ends, strict=True)) | {"because": "X"}
    shown = tell_of(scenario)
    said = [shown.subject(path) for path in shown.assumptions if path.endswith(".end")]
    assert said
    assert all("mensen aan het einde van de periode: " in one for one in said)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "name", ["line", "ladder with capacity", "ladder from a register", "ladder with relapse",
             "worked example", "cohort", "certain cohort"],
)  # fmt: skip
def test_no_two_numbers_have_one_name(name, lang):
    """Whoever reads a table of assumptions must be able to tell them apart."""
    said = list(subjects(name, lang).values())
    assert sorted(said) == sorted(set(said))
    assert not [subject for subject in said if "{" in subject or "field." in subject]


def test_two_ladders_are_told_apart():
    """Each by its own name."""
    said = subjects("two ladders")
    for key, name in (("ladder", "Ladder"), ("tweede", "Tweede ladder")):
        assert said[f"care_ladder.{key}.tiers.zwaar.cost"] == (
            f"{name}: Zwaar: kosten per persoonsjaar"
        )
        assert said[f"care_ladder.{key}.moves.zwaar.exit"].startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("lang", "lags"),
    [("nl", ("jaren voordat het effect begint", "jaren tot minder zorg in geld te zien is")),
     ("en", ("years before the effect begins", "years until less care shows in money"))],
)  # fmt: skip
def test_the_lag_of_money_is_not_that_of_the_effect(lang, lags):
    """Both are called lag in the file."""
    shown = tell("worked example", lang)
    found = [shown.line_and_field(f"care_ladder.zorgladder.{part}.lag")[1]
             for part in ("intervention", "contracts")]  # fmt: skip
    assert tuple(found) == lags


def test_a_year_stands_behind_its_field():
    """Of an investment that is given year by year."""
    said = subjects("worked example")["investment.inzet.per_year.2029"]
    assert said == "Inzet: kosten per jaar 2029"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("start.a", "HIV: mensen bij de start: a"),
        ("counts.a.a", "HIV: blijft in a"),
        ("counts.a.b", "HIV: deel van a naar b"),
        ("programme.relative_risk", "HIV: kans met het programma (zonder = 1)"),
        ("costs.middel.per_cycle.b", "HIV: Middel: per ronde: b"),
        ("costs.middel.with_programme.b", "HIV: Middel: per ronde met programma: b"),
        ("effects.jaar.per_cycle.c", "HIV: Levensjaar: per ronde: c"),
    ],
)
def test_a_number_of_a_cohort_by_name(path, said):
    """With its state, and with the cost or the effect that it is of."""
    assert subjects("cohort")[f"cohorts.hiv.{path}"] == said


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("moves.a.b.weibull.shape", "tijd van a naar b: Weibullverdeling, vorm"),
        ("moves.b.c.2", "deel van b naar c, ronde 2"),
        ("programme.start.a", "Met programma: mensen bij de start: a"),
        ("programme.hazard_ratio", "tempo met het programma (zonder = 1)"),
        ("arms.duur.relative_risk", "Dure arm: kans met het programma (zonder = 1)"),
        ("arms.duur.moves.b.c", "Dure arm: deel van b naar c"),
        ("mortality.hazard_ratio.b", "sterfte in b (tabel = 1)"),
        ("costs.middel.per_cycle.a.1", "Middel: per ronde: a, ronde 1"),
        ("costs.middel.once", "Middel: bij binnenkomst"),
        ("costs.middel.on_move.a.b", "Middel: wie van a naar b gaat"),
        ("costs.middel.by_arm.duur.per_cycle.a", "Middel: Dure arm: per ronde: a"),
    ],
)
def test_a_number_that_changes_by_name(path, said):
    """With its cycle, its arm, and the distribution of time that it is of."""
    scenario = MADE["cohort"]()
    (cohort,) = scenario["cohorts"]
    cohort.pop("counts", None)
    cohort |= {
        "competing": "added",
        "moves": {"a": {"b": {"weibull": {"shape": 1, "scale": 9}}}, "b": {"c": [0.1, 0.2]}},
    }
    cohort["programme"] = {"hazard_ratio": 1, "on": {"b": ["c"]}, "start": {"a": 1}}
    cohort["arms"] = [
        {
            "id": "duur",
            "what": "Dure arm",
            "relative_risk": 1,
            "on": {"b": ["c"]},
            "moves": {"b": {"c": 0.1}},
        }
    ]
    cohort["mortality"] = {
        "to": "dead",
        "start_age": 60,
        "chance_by_age": {60: 0.01},
        "hazard_ratio": {"b": 2},
    }
    cost = next(one for one in cohort["costs"] if one["id"] == "middel")
    cost |= {
        "per_cycle": {"a": [1, 2]},
        "once": 3,
        "on_move": {"a": {"b": 4}},
        "by_arm": {"duur": {"per_cycle": {"a": 5}}},
    }
    assert tell_of(scenario).subject(f"cohorts.hiv.{path}").removeprefix("HIV: ") == said


def test_the_split_of_a_register_is_a_share():
    """And not a rate a year."""
    path = "care_ladder.ladder.register.split_counts.zwaar.licht"
    assert subjects("ladder from a register")[path] == "Loop van de zorg: deel van Zwaar naar Licht"


def test_ids_that_are_also_words_of_the_file_do_no_harm():
    """A tier that is called as a part of the intervention, a cost that is called as a state."""
    shown = tell_of(as_yaml(MADE["ladder with capacity"]()).replace("zwaar", "capacity"))
    assert shown.subject("care_ladder.ladder.intervention.capacity.demand").endswith(
        ": gevraagde trajecten per jaar"
    )
    cohort = MADE["cohort"]()
    cohort["cohorts"][0]["costs"][0] |= {"id": "a", "what": "Opname"}
    shown = tell_of(cohort)
    assert shown.subject("cohorts.hiv.costs.a.per_cycle.a") == "HIV: Opname: per ronde: a"
    assert shown.subject("cohorts.hiv.counts.a.b") == "HIV: deel van a naar b"
