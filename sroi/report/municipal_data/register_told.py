"""A register out of tables told: the counts as a scenario has them, and what stays open."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from rich.text import Text

from sroi.inputs.care.care_ladder import FEWEST
from sroi.inputs.files.register_edit import PublishedRegister
from sroi.inputs.municipal_data.registers import COUNTS, Count, Registered
from sroi.inputs.municipal_data.rounding import Band
from sroi.inputs.text.yaml_edit import flow
from sroi.report.municipal_data.data_json import SCHEMA
from sroi.report.municipal_data.taken_told import source_of, telling, written
from sroi.report.terminal.terminal import console, safe
from sroi.report.words.numbers import Numbers
from sroi.report.words.words import LANGUAGES, Words

SMALL = 0.01  # a band of less than this share on either side is told, and not written as a range
WHOLE = "100%"


def counts(found: Registered) -> dict[str, dict[str, Any]]:
    """The counts as a scenario writes them; without those that are open."""
    return {
        tier: {name: _count(one[name].band, name) for name in COUNTS if one[name].band is not None}
        for tier, one in found.tiers.items()
    }


def _count(band: Band | None, name: str) -> Any:
    """A number; a range where what it may be differs by more than a hundredth."""
    band = band or Band(0, 0, 0)
    if band.exact or band.high - band.low <= 2 * SMALL * band.best:
        return written(band.best, False)
    low = band.low if name == "inflow" else max(band.low, FEWEST)
    best = max(low, band.best)
    sizes = {"low": low, "best": best, "high": band.high}
    return {key: written(size, False) for key, size in sizes.items()} | {"covers": WHOLE}


def because(found: Registered, words: Words, day: datetime.date) -> str:
    """The reason, as it stands in a scenario."""
    numbers = Numbers(words.lang)
    read: dict[tuple[str, str], dict[str, None]] = {}
    for one in found.every():
        told = telling(one, words.lang, day)
        what = f"{one.measure.title} ({one.when.period.text})"
        read.setdefault((told.table, one.area.told), {})[what] = None
    first = [words("data.register_from", table=table, area=area, measures="; ".join(every))
             for (table, area), every in read.items()]  # fmt: skip
    told_of = [*first, *remarks(found, words)]
    last = words("data.read_on", day=numbers.date(day))
    return " ".join([*told_of, words("data.register_split"), last]).replace("\u00a0", " ")


def remarks(found: Registered, words: Words) -> Iterator[str]:
    """What was reckoned and not read, what is rounded and provisional, and what merged."""
    ways = {count.how for counts in found.tiers.values() for count in counts.values()}
    for way in ("before", "total", "balance"):
        if way in ways:
            yield words(f"register_way.{way}")
    every = found.every()
    steps = max((one.step for one in every), default=0)
    if steps:
        yield words("data.register_rounded", step=Numbers(words.lang).plain(steps))
    if any(one.status in ("provisional", "nearly-final") for one in every):
        status = words("period_status.provisional")
        yield words("data.may_change", status=status)
    merged = dict.fromkeys(name for one in every for name in one.added)
    if merged:
        yield words("data.added", parts=Numbers(words.lang).list(list(merged)))
    if found.renamed:
        yield words("data.renamed", names="; ".join(found.renamed))


def fragment(found: Registered, words: Words, day: datetime.date) -> str:
    """The register as it stands in a scenario, with what is open said in a remark."""
    lines = ["register:", f"  period: {written(found.years, False)}", "  tiers:"]
    open_ = found.open()
    for tier, sizes in counts(found).items():
        missing = [name for of, name in open_ if of == tier]
        said = "  # " + words("data.fill_in", counts=", ".join(missing)) if missing else ""
        lines.append(f"    {tier}: {flow(sizes)}{said}")
    lines += [f"  # {words('data.fill_in_split')}"]
    lines += [f"  because: {flow(because(found, words, day))}"]
    return "\n".join(lines)


def show(found: Registered, words: Words, day: datetime.date) -> None:
    """The register, and what stays open."""
    out = console()
    out.print(Text(safe(fragment(found, words, day))), soft_wrap=True)
    if found.open():
        names = ", ".join(f"{tier}.{name}" for tier, name in found.open())
        out.print(Text("\n" + safe(words("data.register_open", names=names))))


def in_scenario(found: Registered, day: datetime.date) -> PublishedRegister:
    """What goes into a scenario, in both languages."""
    told = {lang: because(found, Words(lang), day) for lang in LANGUAGES}
    sources = {source["id"]: source for source in (source_of(one, day) for one in found.every())}
    return PublishedRegister(
        written(found.years, False), counts(found), told, tuple(sources.values())
    )


def as_data(found: Registered) -> dict[str, Any]:
    """The register for a program: bands, and how each count was found."""
    return {
        "schema": SCHEMA, "area": found.wanted.area, "period": found.period.text,
        "years": found.years,
        "tiers": {
            tier: {name: _as_data(one[name]) for name in COUNTS}
            for tier, one in found.tiers.items()
        },
        "open": [f"{tier}.{name}" for tier, name in found.open()],
        "renamed": list(found.renamed),
    }  # fmt: skip


def _as_data(count: Count) -> dict[str, Any]:
    sizes = count.band._asdict() if count.band else {"low": None, "best": None, "high": None}
    lines = [{"file": one.found.table.file, "line": line} for one in count.of for line in one.lines]
    return sizes | {"how": count.how, "lines": lines}
