"""Valid scenarios drawn at random, to compare two calculations of the same thing.

A scenario uses prices of its own only (their ids begin with `eigen-`), so that the shipped price
library may change freely. From the shipped files it needs the index `cpi` for 2015-2025, the three
discounting regimes in REGIMES and the payers in PAYERS.
"""

import random
import re
from typing import Any

import yaml
from quick_yaml import SafeDumper

Record = dict[str, Any]

REGIMES = ("nl-2021", "sroi-guide-2012", "zin-2024")
TIMINGS = ("end_of_year", "start_of_year", "mid_year")
PAYERS = ("gemeente", "zorgverzekeraar", "corporatie", "inwoner")
OWN_PAYERS: tuple[Record, ...] = (
    {"id": "eigen-fonds", "name": "Buurtfonds", "public": False},
    {"id": "eigen-regio", "name": {"nl": "Regio", "en": "Region"}, "public": True},
)
PROGRAMMES = (
    "wijk-en-buurt",
    "ontmoeten-en-ontwikkelen",
    "kinderen-en-jongeren",
    "gezond-en-gelukkig-oud",
    "anders",
)
THINGS = ("uur", "consult", "dag", "bezoek", "incident", "huishouden", "jaar")
SOURCE = "eigen-bron[tabel 2]"
# Forms that stay on one side of zero; a lognormal or gamma cannot be negative.
SIGNED_FORMS = ("pert", "triangular", "uniform", "normal", "normal_p5_p95")
POSITIVE_FORMS = (*SIGNED_FORMS, "normal_wide", "lognormal", "lognormal_p95", "gamma")


# ---------------------------------------------------------------------------------------------
# Numbers and quantities


def text(rng: random.Random, dutch: str, english: str) -> Any:
    """A text in Dutch alone or in both languages."""
    return {"nl": dutch, "en": english} if rng.random() < 0.3 else dutch


def written(rng: random.Random, x: float) -> Any:
    """A number as people write it: as it is, with digits grouped, as text or as a percentage."""
    if x == int(x) and abs(x) >= 1:
        return rng.choice((int(x), f"{int(x):_}"))
    x = round(x, rng.choice((2, 3, 4)) if abs(x) >= 1 else 3)
    # Ten thousandths of a percent are not written; 3 decimals as a fraction are 1 as a percentage.
    if abs(x) < 1:
        return rng.choice((x, f"{x * 100:.1f}%", f"{x:.4f}"))
    return x


def explained(rng: random.Random, quantity: Record) -> Record:
    """A quantity with, now and then, what may stand beside it."""
    if rng.random() < 0.4:
        quantity["because"] = text(rng, "Schatting van het team.", "Estimate of the team.")
    if rng.random() < 0.3:
        quantity["source"] = SOURCE
    if rng.random() < 0.3:
        quantity["evidence"] = rng.randint(1, 6)
    return quantity


def certain(rng: random.Random, x: float) -> Any:
    """A certain quantity, bare or with its explanation."""
    value = written(rng, x)
    return explained(rng, {"value": value}) if rng.random() < 0.3 else value


def uncertain(rng: random.Random, x: float, forms: tuple[str, ...]) -> Record:
    """An uncertain quantity about x, in one of the forms."""
    w, form = lambda y: written(rng, y), rng.choice(forms)
    if form in ("pert", "triangular"):
        low, high = sorted((0.6 * x, 1.6 * x))
        return explained(rng, three_points(w(low), w(x), w(high), form))
    counted = {"yes": round(120 * x), "no": round(120 * (1 - x))}
    spread: Record = {
        "uniform": lambda: {"uniform": [w(y) for y in sorted((0.7 * x, 1.4 * x))]},
        "normal": lambda: {"normal": {"mean": w(x), "sd": w(abs(x) / 6)}},
        # 0.02 % of this one lies below zero: little enough to be accepted, enough to be cut off.
        "normal_wide": lambda: {"normal": {"mean": w(x), "sd": w(abs(x) / 3.5)}},
        "normal_p5_p95": lambda: {"normal": {"p5": w(x - abs(x) / 4), "p95": w(x + abs(x) / 4)}},
        "lognormal": lambda: {"lognormal": {"median": w(x), "sd_log": w(0.28)}},
        "lognormal_p95": lambda: {"lognormal": {"median": w(x), "p95": w(1.6 * x)}},
        "gamma": lambda: {
            "gamma": {"mean": w(x), **rng.choice(({"cv": w(0.2)}, {"sd": w(x / 4)}))}
        },
        "beta": lambda: {"beta": rng.choice((counted, {"mean": w(x), "se": w(x * (1 - x) / 4)}))},
    }
    return explained(rng, spread[form]())


def three_points(low: Any, best: Any, high: Any, form: str) -> Record:
    """A low, a best and a high value; PERT unless the shape says otherwise."""
    points = {"low": low, "best": best, "high": high}
    return {**points, "shape": "triangular"} if form == "triangular" else points


def size(rng: random.Random, low: float, high: float, unsure: float = 0.5) -> Any:
    """A quantity from zero up: a volume, an amount of money, a number of years."""
    x = rng.uniform(low, high)
    x = round(x) if x >= 20 else round(x, 1)
    return uncertain(rng, x, POSITIVE_FORMS) if rng.random() < unsure else certain(rng, x)


def fraction(rng: random.Random) -> Any:
    """A share between 0 and 1; above 0.3 only forms that keep clear of 1."""
    chance = rng.random()
    if chance < 0.1:
        return {"value": rng.choice((0, 1)), "because": "Volgt uit de afspraken."}
    x = round(rng.uniform(0.05, 0.5), 3)
    if chance < 0.4:
        return certain(rng, x)
    forms = (*POSITIVE_FORMS, "beta") if x <= 0.3 else (*SIGNED_FORMS, "beta")
    return uncertain(rng, x, forms)


def rate(rng: random.Random) -> Any:
    """Outcome per unit of activity: mostly positive, sometimes negative or on either side of 0."""
    chance = rng.random()
    if chance < 0.1:
        return explained(rng, {"low": -0.1, "best": 0.1, "high": written(rng, 0.35)})
    if chance < 0.3:
        x = -round(rng.uniform(0.02, 0.6), 3)
        return uncertain(rng, x, SIGNED_FORMS) if rng.random() < 0.6 else certain(rng, x)
    x = round(rng.uniform(0.02, 0.9), 3)
    forms = (*POSITIVE_FORMS, "beta")
    return uncertain(rng, x, forms) if rng.random() < 0.6 else certain(rng, x)


def yearly(rng: random.Random, years: int, low: float, high: float) -> Any:
    """One quantity for all years, or a list with one per year of which some are zero."""
    if rng.random() < 0.6:
        return size(rng, low, high)
    return [0 if rng.random() < 0.15 else size(rng, low, high) for _ in range(years)]


# ---------------------------------------------------------------------------------------------
# Payers and prices


def split(rng: random.Random, among: list[str]) -> Record:
    """Shares that sum to 1 over one to three payers."""
    payers = rng.sample(among, rng.randint(1, min(3, len(among))))
    cuts = sorted(rng.sample(range(1, 100), len(payers) - 1))
    percents = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
    as_text = rng.random() < 0.6
    pairs = zip(payers, percents, strict=True)
    return {payer: f"{share}%" if as_text else share / 100 for payer, share in pairs}


def own_price(rng: random.Random, number: int, payers: list[str], kind: str) -> Record:
    """A price of the scenario's own: plain, a transfer, or one with a tariff beside the value."""
    value = rng.choice((round(rng.uniform(5, 300), 2), float(rng.randint(300, 9000))))
    unsure = rng.random() < 0.5
    entry: Record = {
        "id": f"eigen-prijs-{number}",
        "name": text(rng, f"Eigen prijs {number}", f"Own price {number}"),
        "value": uncertain(rng, value, POSITIVE_FORMS) if unsure else written(rng, value),
    }
    if isinstance(entry["value"], dict):
        entry["value"]["because"] = "De spreiding is van ons."
    if kind == "tariff":
        entry["tariff"] = size(rng, 0.5 * value, 1.3 * value)
    entry |= origin(rng)
    entry["payers"] = split(rng, payers)
    if kind == "transfer":
        entry["payers"] = split(rng, payers[1:])
        entry |= {"transfer": rng.choice((True, "true")), "receiver": payers[0]}
    if rng.random() < 0.3:
        entry["overlap"] = "eigen-groep"
    return entry


def origin(rng: random.Random) -> Record:
    """The fields of a price that say what it is and where it comes from."""
    entry: Record = {
        "unit": f"EUR/{rng.choice(THINGS)}",
        "price_year": rng.randint(2015, 2025),
        "cash": rng.choice(("hard", "soft", "pm")),
        "cost_concept": rng.choice(("marginal", "tariff", "average", "macro", "claim")),
        "vat": rng.choice(("included", "excluded", "exempt", "unknown")),
        "source": SOURCE,
        "quote": "Bedrag per eenheid volgens de eigen administratie.",
        "provenance": "first-hand",
        "evidence": rng.choice("ABCD"),
        "review": {"status": "draft"},
    }
    if rng.random() < 0.5:
        entry["index"] = "cpi"
    return entry


def thing(price: Record) -> str:
    """What a price is per: consult for EUR/consult."""
    return str(price["unit"]).split("/")[1]


# ---------------------------------------------------------------------------------------------
# The parts of a scenario


def basis(rng: random.Random) -> Record:
    """Years, price level and discounting in each of their forms."""
    chosen: Record = {
        "first_year": rng.randint(2025, 2028),
        "years": rng.randint(1, 12),
        "price_year": rng.randint(2018, 2025),
        "discounting": discounting(rng),
        "horizon": rng.choice(("cut", "count")),
        "draws": rng.choice((256, 1024, "1_024")),
        "seed": rng.randint(1, 999),
        "sampling": rng.choice(("sobol", "latin-hypercube", "plain")),
    }
    return chosen | ({"currency": "EUR"} if rng.random() < 0.5 else {})


def discounting(rng: random.Random) -> Any:
    """A regime, a rate with a timing, or a regime with another timing."""
    form = rng.choice(("regime", "own", "changed"))
    if form == "regime":
        return rng.choice(REGIMES)
    if form == "own":
        return {"rate": rng.choice((0, "1.5%", "3%", 0.045)), "timing": rng.choice(TIMINGS)}
    return {"regime": rng.choice(REGIMES), "timing": rng.choice(TIMINGS)}


def investment_line(
    rng: random.Random, number: int, years: int, payers: list[str], prices: list[Record]
) -> Record:
    """Money by year, or time in kind valued with a plain price; the first line is never zero."""
    line: Record = {"id": f"inzet-{number}", "what": text(rng, "Inzet", "Input")}
    if rng.random() < 0.4:
        line["payers"] = split(rng, payers)
    else:
        line["payer"] = rng.choice(payers)
    if rng.random() < 0.3:
        line["cash"] = rng.choice(("hard", "soft", "pm"))
    if number > 1 and rng.random() < 0.4:
        price = rng.choice(prices)
        line |= {"in_kind": rng.choice((True, "true")), "volume": yearly(rng, years, 20, 400)}
        line["proxy"] = price["id"]
        return line | ({"unit": thing(price)} if rng.random() < 0.5 else {})
    amount = yearly(rng, years, 5_000, 90_000)
    line["per_year"] = size(rng, 20_000, 90_000) if number == 1 else amount
    if rng.random() < 0.4:
        line["price_year"] = rng.randint(2015, 2025)
    return line


def activity(rng: random.Random, number: int, years: int) -> Record:
    """An activity with its volume, the same every year or by year."""
    return {
        "id": f"activiteit-{number}",
        "what": text(rng, f"Activiteit {number}", f"Activity {number}"),
        "unit": rng.choice(("huishouden", "deelnemer")),
        "volume": yearly(rng, years, 5, 400),
    }


def outcome(
    rng: random.Random, number: int, years: int, activities: list[Record], price: Record | None
) -> Record:
    """An outcome of one activity; without a price it is one without euros."""
    line: Record = {
        "id": f"uitkomst-{number}",
        "what": text(rng, f"Verandering {number}", f"Change {number}"),
        # Each outcome its own stakeholder: nothing can overlap.
        "stakeholder": f"groep-{number}",
        "of": rng.choice(activities)["id"],
        "rate": rate(rng),
    }
    if price is None:
        line |= {"unit": "gesprek", "value": "none", "because": "Hier is geen prijs voor."}
    else:
        line |= {"unit": thing(price)} if rng.random() < 0.5 else {}
        line["proxy"] = price["id"]
    if rng.random() < 0.25:
        line["effect_basis"] = "causal"
    else:
        line["effect_basis"] = "gross"
        for field in ("deadweight", "displacement", "attribution_to_others"):
            line[field] = fraction(rng)
    line["starts"] = rng.randint(1, min(3, years))
    line["lasts"] = rng.choice((0.5, 1, 2.5)) if rng.random() < 0.3 else size(rng, 0.5, 8)
    if rng.random() < 0.6:
        line["drop_off"] = fraction(rng)
    return line


def overrides(rng: random.Random, price: Record, payers: list[str]) -> Record:
    """What an outcome may say differently from its price, with the reason."""
    chosen: Record = {}
    if rng.random() < 0.15:
        chosen["value"] = size(rng, 20, 5_000)
    if rng.random() < 0.15:
        # Whoever receives a transfer cannot be among those who pay it.
        chosen["payers"] = split(rng, [p for p in payers if p != price.get("receiver")])
    if rng.random() < 0.15:
        chosen["cash"] = rng.choice(("hard", "soft", "pm"))
    if rng.random() < 0.15:
        chosen["price_year"] = rng.randint(2015, 2025)
    if chosen:
        chosen["because"] = text(rng, "Hier ligt het anders.", "It differs here.")
    return chosen


def random_scenario(rng: random.Random) -> Record:
    """A valid scenario as it would be read from a file."""
    chosen = basis(rng)
    years = chosen["years"]
    payers = [*PAYERS, *(payer["id"] for payer in OWN_PAYERS)]
    rng.shuffle(payers)
    kinds = ["plain", *rng.choices(("plain", "transfer", "tariff"), k=rng.randint(0, 4))]
    prices = [own_price(rng, n, payers, kind) for n, kind in enumerate(kinds, 1)]
    plain = [p for p, kind in zip(prices, kinds, strict=True) if kind == "plain"]
    activities = [activity(rng, n, years) for n in range(1, rng.randint(1, 4) + 1)]
    outcomes = []
    for n in range(1, rng.randint(1, 6) + 1):
        price = None if n > 1 and rng.random() < 0.12 else rng.choice(prices)
        line = outcome(rng, n, years, activities, price)
        outcomes.append(line | (overrides(rng, price, payers) if price else {}))
    investment = [
        investment_line(rng, n, years, payers, plain) for n in range(1, rng.randint(1, 4) + 1)
    ]
    used = {line.get("proxy") for line in (*outcomes, *investment)}
    used |= {line["of"] for line in outcomes}
    return {
        **preamble(rng),
        "basis": chosen,
        "payers": [dict(payer) for payer in OWN_PAYERS],
        "stakeholders": [
            {"id": line["stakeholder"], "name": f"Groep {n}"} for n, line in enumerate(outcomes, 1)
        ],
        "sources": [own_source()],
        "investment": investment,
        "activities": [line for line in activities if line["id"] in used],
        "outcomes": outcomes,
        "proxies": [price for price in prices if price["id"] in used],
    }


def preamble(rng: random.Random) -> Record:
    """What a scenario says about itself."""
    said: Record = {
        "scenario": f"willekeurig-{rng.randint(1, 999_999)}",
        "title": text(rng, "Willekeurig voorbeeld", "Random example"),
        "question": "Wat levert het op, en voor wie?",
        "organisation": "Voorbeeldorganisatie",
        "commissioner": "Gemeente Voorbeeldstad",
        "programme": rng.choice(PROGRAMMES),
        "kind": rng.choice(("forecast", "evaluation")),
        "null_alternative": text(rng, "Het bestaande aanbod blijft.", "Supply stays as it is."),
        "conditions": ["De verwijzers doen mee."],
        "limitations": ["De aantallen zijn bedacht."],
    }
    if rng.random() < 0.5:
        said["language"] = rng.choice(("nl", "en"))
    if rng.random() < 0.5:
        said["date"] = "2026-03-01"
    return said


def own_source() -> Record:
    """The source all own prices and estimates refer to."""
    return {
        "id": "eigen-bron",
        "type": "report",
        "title": "Eigen registratie",
        "author": [{"literal": "Voorbeeldorganisatie"}],
        "issued": {"date-parts": [[2024]]},
        "publisher": "Voorbeeldorganisatie",
        "note": "Bedacht voor de toetsen.",
    }


# ---------------------------------------------------------------------------------------------
# As a file


class PlainDumper(SafeDumper):
    """Writes no anchors, and numbers and dates that are text here without quotation marks."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def represent_text(dumper: PlainDumper, value: str) -> yaml.ScalarNode:
    """A text; 0.30, 260_000 and 2026-03-01 as plain as somebody would type them."""
    typed = re.fullmatch(r"-?\d[\d_]*(\.\d+)?|\d{4}-\d\d-\d\d", value)
    if not typed:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value)
    # With the tag a reader would give it, the writer sees no need for quotation marks.
    tag = dumper.resolve(yaml.ScalarNode, value, (True, False))
    return dumper.represent_scalar(tag, value)


def digits(value: float) -> str:
    """A number as text; 1.234 could mean a thousand and is written as 1.2340."""
    text = repr(value)
    return text + "0" if re.fullmatch(r"-?[1-9]\d*\.\d{3}", text) else text


def represent_number(dumper: PlainDumper, value: float) -> yaml.ScalarNode:
    """A number as `digits` has it."""
    return dumper.represent_scalar("tag:yaml.org,2002:float", digits(value))


PlainDumper.add_representer(str, represent_text)
PlainDumper.add_representer(float, represent_number)


def as_yaml(scenario: Record) -> str:
    """The scenario as the text of a file."""
    return yaml.dump(scenario, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=1_000)


def as_read(data: Any) -> Any:
    """What a reader gets of it once it was a file: the same, with every scalar as text."""
    if isinstance(data, dict):
        return {str(key): as_read(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [as_read(value) for value in data]
    if data is None or isinstance(data, bool):
        return {None: "", True: "true", False: "false"}[data]
    return digits(data) if isinstance(data, float) else str(data)
