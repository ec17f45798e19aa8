"""A period as tables write it: as a code (`2024HJ01`) or in words (`1e halfjaar 2025*`).

A year, half a year, a quarter and a month are kinds of their own, and none is made of others: who
is a client in both halves of a year is one client of the year.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["year", "half", "quarter", "month", "day", "other"]
Status = Literal["", "provisional", "nearly-final", "final"]

CODE = re.compile(r"(?P<year>\d{4})(?P<kind>JJ|HJ|KW|MM)(?P<number>\d\d)", re.ASCII)
KINDS: dict[str, Kind] = {"JJ": "year", "HJ": "half", "KW": "quarter", "MM": "month"}
MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
}
YEAR = re.compile(r"\d{4}", re.ASCII)
PART = re.compile(
    r"(?:(?P<before>[1-4])(?:e|de|ste|st|nd|rd|th) (?P<first>\w+) (?P<year1>\d{4})"
    r"|(?P<year2>\d{4}) (?P<after>[1-4])(?:e|de|ste|st|nd|rd|th) (?P<second>\w+))", re.ASCII
)  # fmt: skip
PARTS: dict[str, Kind] = {
    "halfjaar": "half", "half": "half", "halfyear": "half", "kwartaal": "quarter",
    "quarter": "quarter",
}  # fmt: skip
MONTH = re.compile(r"(?:(?P<year1>\d{4}) (?P<first>\w+)|(?P<second>\w+) (?P<year2>\d{4}))")
DAY = re.compile(r"(?P<day>\d{1,2}) (?P<month>\w+) (?P<year>\d{4})")
IN_A_YEAR: dict[Kind, int] = {"year": 1, "half": 2, "quarter": 4, "month": 12}
STATUSES: dict[str, Status] = {
    "definitief": "final", "voorlopig": "provisional", "nadervoorlopig": "nearly-final",
    "final": "final", "definitive": "final", "provisional": "provisional",
    "reviseddefinitive": "nearly-final",
}  # fmt: skip


@dataclass(frozen=True)
class Period:
    """A period. `number`: of the half-year, quarter or month in its year, or the day of the year.

    `text`: as it is written, without stars; `status`: what the stars say.
    """

    text: str
    kind: Kind = "other"
    year: int = 0
    number: int = 0
    status: Status = ""

    @property
    def key(self) -> tuple[str, int, int, str]:
        """The same for the same period, however it is written."""
        return (self.kind, self.year, self.number, self.text if self.kind == "other" else "")

    @property
    def years(self) -> float:
        """How long it lasts; 0 of a day, or where that is not known."""
        return 1 / IN_A_YEAR[self.kind] if self.kind in IN_A_YEAR else 0.0

    @property
    def begins(self) -> datetime.date | None:
        """Its first day, where that is known."""
        if not 1 <= self.year <= datetime.MAXYEAR or self.kind == "other":
            return None
        if self.kind == "day":
            return datetime.date(self.year, 1, 1) + datetime.timedelta(self.number - 1)
        return datetime.date(self.year, 1 + 12 // IN_A_YEAR[self.kind] * (self.number - 1), 1)

    @property
    def ends(self) -> datetime.date | None:
        """Its last day, where that is known."""
        if self.begins is None or self.kind == "day":
            return self.begins
        months = 12 // IN_A_YEAR[self.kind] * self.number
        year, month = self.year + months // 12, months % 12 + 1
        return datetime.date(year, month, 1) - datetime.timedelta(1)

    def follows(self, other: Period) -> bool:
        """Whether it begins where the other ends; of a day: whether the other is the last."""
        if self.kind != other.kind or self.kind not in IN_A_YEAR:
            return False
        parts = IN_A_YEAR[self.kind]
        return self.year * parts + self.number == other.year * parts + other.number + 1


@dataclass(frozen=True)
class When:
    """A period of a table. `written`: as its rows hold it; `said_by_user`: the table has none."""

    written: str
    period: Period
    status: Status
    said_by_user: bool = False


def period(text: str) -> Period:
    """What a table or a person writes of a period."""
    bare = text.strip().rstrip("*").strip()
    stars = text.count("*", len(bare))
    status: Status = "nearly-final" if stars > 1 else "provisional" if stars else ""
    kind, year, number = _read(" ".join(bare.casefold().split()))
    return Period(bare, kind, year, number, status)


def status_in_words(text: str) -> Status:
    """What the list of periods in a download says of one."""
    return STATUSES.get(re.sub(r"[^a-z]", "", text.casefold()), "")


def _read(text: str) -> tuple[Kind, int, int]:
    if found := CODE.fullmatch(text.upper()):
        kind = KINDS[found["kind"]]
        number = 1 if kind == "year" else int(found["number"])
        inside = 1 <= number <= IN_A_YEAR[kind]
        return (kind, int(found["year"]), number) if inside else ("other", int(found["year"]), 0)
    if YEAR.fullmatch(text):
        return "year", int(text), 1
    if found := PART.fullmatch(text):
        named = PARTS.get(found["first"] or found["second"], "other")
        number = int(found["before"] or found["after"])
        year = int(found["year1"] or found["year2"])
        fits = named != "other" and number <= IN_A_YEAR[named]
        return (named, year, number) if fits else ("other", year, 0)
    if found := MONTH.fullmatch(text):
        month = MONTHS.get(found["first"] or found["second"], 0)
        year = int(found["year1"] or found["year2"])
        return ("month", year, month) if month else ("other", year, 0)
    return _day(text)


def _day(text: str) -> tuple[Kind, int, int]:
    found = DAY.fullmatch(text)
    if not found or found["month"] not in MONTHS:
        return "other", 0, 0
    try:
        day = datetime.date(int(found["year"]), MONTHS[found["month"]], int(found["day"]))
    except ValueError:
        return "other", int(found["year"]), 0
    return "day", day.year, day.timetuple().tm_yday
