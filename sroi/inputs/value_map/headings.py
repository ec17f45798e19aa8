"""What the columns of a Value Map are called, in English and in Dutch, and which column is which.

Heads stand over several rows: a stage, a group such as *Inputs*, a name, and a question below it.
The lowest one that is known counts. What *Source*, *Value* or *Description* is of, its group says,
or else the column before it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from sroi.inputs.text.cells import Cell, Mark, Table
from sroi.inputs.value_map.value_map import MOST_NUMBERED

# by what a column holds: its names in both languages, and the questions that stand below them
NAMES = {
    "stakeholder": "who do we have an affect on / who do we have an effect on / who changes / "
    "stakeholder / stakeholders / stakeholder group / stakeholder groups / "
    "belanghebbende / belanghebbenden / stakeholdergroep / stakeholdergroepen",
    "group": "no in group / number in group / nr in group / size of group / group size / "
    "aantal in groep / how many in group / aantal in de groep / groepsgrootte / omvang groep",
    "changes": "intended unintended changes / what do you think will change for them / "
    "bedoelde onbedoelde veranderingen / beoogde veranderingen",
    "inputs": "inputs / input / what do they invest / description of inputs / inzet / inbreng / "
    ""
    "what will did they invest and how much money time / wat brengen zij in / wat investeren zij",
    "input_value": "what is the value of the inputs in currency / what is the value of the inputs /"
    "value of inputs / value of input / input value / inputs value / waarde inputs / waarde input /"
    "waarde van de inputs / waarde inzet / waarde van de inzet / waarde inbreng",
    "outputs": "outputs / output / summary of activity in numbers / summary of activity / "
    "activiteit in cijfers / activiteiten in cijfers / prestaties",
    "outcome": "outcome / outcomes / the outcomes / the outcomes what changes / "
    "outcome description / description of outcome / "
    "how would the stakeholder describe the changes / how would you describe the change / "
    "uitkomst / uitkomsten / effect / effecten / verandering / "
    "veranderingen / omschrijving uitkomst / de uitkomsten wat verandert er",
    "indicator": "indicator / indicators / indicator and source / indicatoren / "
    "how would you measure it / hoe meet u dat",
    "quantity": "quantity / how much change was there / quantity of change / "
    "number of people experiencing described outcome / number of people experiencing change / "
    "number of people experiencing the change / "
    "number of people experiencing each change / number of people who experience the change / "
    "aantal / hoeveelheid / omvang / hoeveel verandering was er / aantal mensen",
    "each": "amount of change per person / amount of change per stakeholder / "
    "amount of change / mate van verandering / "
    "verandering per persoon / sample size / steekproef / omvang steekproef / rank / ranking / "
    "weight / weighting / rangorde / weging",
    "duration": "duration / how long does it last / duration of outcome / duration of outcomes / "
    "duur / duur van de uitkomst / hoe lang duurt het / hoe lang houdt het aan",
    "starts": "outcomes start / outcome start / outcome starts / start of outcome / "
    "does it start in period of activity / start / starts / begin / begint / uitkomst begint / "
    "begin uitkomst / start uitkomst / begint in de periode",
    "proxy": "financial proxy / proxy / financial proxy description / description of proxy / "
    "valuation approach / valuation approach monetary / "
    "what proxy would you use to value the change / financiele proxy / omschrijving proxy",
    "value": "value in currency / value / currency / financial value / monetary valuation / "
    "waarde / waarde in valuta / waarde in euro",
    "proxy_value": "what is the value of the change / proxy value / value of proxy / "
    "value of the change / financial proxy value / waarde proxy / waarde van de proxy / "
    "proxywaarde / waarde van de verandering / prijs",
    "source": "source / sources / where did you get the information from / "
    "source of information / bron / bronnen / waar komt de informatie vandaan",
    "proxy_source": "proxy source / source of proxy / source of value / bron proxy / "
    "bron van de proxy / bron waarde",
    "quantity_source": "source of quantity / quantity source / bron aantal / bron van het aantal",
    "description": "description / omschrijving / beschrijving",
    "deadweight": "deadweight / dead weight / what would have happened without the activity / "
    "what would have happened anyway / wat zou er toch zijn gebeurd",
    "displacement": "displacement / what activity did you displace / verdringing / verplaatsing",
    "attribution": "attribution / who else contributed to the change / attribution to others / "
    "attributie / toeschrijving / toerekening / aandeel van anderen / wie droeg nog meer bij",
    "drop_off": "drop off / dropoff / does the outcome drop off in future years / "
    "drop off in future years / afname / uitdoving / verval / afname per jaar",
    "impact": "impact / quantity times financial proxy / impact calculation / "
    "netto effect / impact in het eerste jaar",
}  # fmt: skip
# as the columns that may be missed are told
SHOWN = {
    "stakeholder": ("Stakeholders", "Belanghebbenden"), "inputs": ("Inputs", "Inzet"),
    "input_value": ("Value of the inputs", "Waarde van de inzet"),
    "outputs": ("Outputs", "Prestaties"),
    "group": ("Number in group", "Aantal in groep"), "outcome": ("Outcome", "Uitkomst"),
    "quantity": ("Quantity", "Aantal"), "duration": ("Duration", "Duur"),
    "starts": ("Outcomes start", "Begint"), "proxy": ("Financial proxy", "Financiële proxy"),
    "proxy_value": ("Value in currency", "Waarde"), "deadweight": ("Deadweight", "Deadweight"),
    "displacement": ("Displacement", "Verdringing"), "attribution": ("Attribution", "Attributie"),
    "drop_off": ("Drop-off", "Afname"),
}  # fmt: skip
NEEDED = ("stakeholder", "outcome", "quantity", "duration", "proxy_value")
# what may stand in more than one column: the first counts
SEVERAL = {"source", "proxy_source", "quantity_source", "indicator", "each", "changes", "impact"}
UNUSED = {"source", "each", "changes"}  # known, and with no place in a scenario
UNSURE = {"value", "source", "description"}
LEAST = 4  # names in one row, before it is a head of a Value Map
DEEPEST = 60  # the row down to which a head is looked for
REACH = 3  # rows of a head above and below the row with most names
YEAR = re.compile(r"(?:year|jaar|yr|jr) (\d{1,2})(?: .*)?|(199\d|20\d\d)")
OF_INPUTS = {"inputs", "input_value"}
BEFORE_INPUTS = {"", "stakeholder", "group", "changes", *OF_INPUTS}
CORRECTIONS = ("deadweight", "displacement", "attribution", "drop_off")


def words(text: str) -> str:
    """A text as it is compared: `Drop-off %` and `drop off` are one."""
    flat = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", bare))


KNOWN = {words(name): role for role, names in NAMES.items() for name in names.split("/")}


@dataclass(frozen=True)
class Heads:
    """Which column holds what, by position; `years`: those of the calculation, by their number.

    `first`, `last`: the number in the table of the row with most names, and of the last one.
    `twice`: two columns that may be the same thing, by what that is. `others`: columns that are not
    read, by their names.
    """

    first: int
    last: int
    places: dict[str, int]
    cells: dict[str, Cell]
    years: dict[int, int]
    twice: dict[str, tuple[Cell, Cell]] = field(default_factory=dict)
    others: tuple[Cell, ...] = ()

    def named(self, row: list[Cell]) -> dict[str, Cell]:
        """The cells of a row by what they hold; an empty one where there is no such column."""
        found = {role: row[at] for role, at in self.places.items() if at < len(row)}
        at = row[0].row if row else 0
        return {role: found.get(role, Cell(None, at, self._column(role))) for role in NAMES}

    def _column(self, role: str) -> int:
        return self.cells[role].column if role in self.cells else 1


def named_in(role: str) -> str:
    """What a column is called, in both languages."""
    english, dutch = SHOWN[role]
    return f"{english} / {dutch}"


def role_of(text: str) -> tuple[str, bool]:
    """What a heading is the name of, and whether it says nothing more; empty where it is none."""
    first, before = (text.splitlines() or [""])[0], text.partition("(")[0]
    for part in (text, first, before):
        if words(part) in KNOWN:
            return KNOWN[words(part)], True
    told = words(text)
    begins = [name for name in KNOWN if told.startswith(name + " ")]
    return (KNOWN[max(begins, key=len)], False) if begins else ("", False)


def year_of(text: str) -> int | None:
    """The year that a heading names: 3 of `Year 3`, or 2027."""
    found = YEAR.fullmatch(words(text))
    return int(found[1] or found[2]) if found else None


def heads_of(table: Table) -> Heads | None:
    """The heads of a Value Map in a sheet, or None where it has none."""
    counts = [len(_named(row)) for row in table[:DEEPEST]]
    if max(counts, default=0) < LEAST:
        return None
    best = counts.index(max(counts))
    wide = max(at for at, cell in enumerate(table[best]) if role_of(cell.text)[0]) + 1
    first, last = best, best
    while first > max(0, best - REACH) and not _numbers(table[first - 1][:wide]):
        first -= 1
    while last < min(len(table) - 1, best + REACH) and _is_head(table[last + 1][:wide]):
        last += 1
    found = _placed(table[first : last + 1], best, last)
    while found.last < last + REACH and _questions(table, found, wide):
        found = _placed(table[first : found.last + 2], best, found.last + 1)
    return found


def _named(row: list[Cell]) -> set[str]:
    return {role_of(cell.text)[0] for cell in row if cell.text} - {""}


def _numbers(row: list[Cell]) -> bool:
    found = [cell.value for cell in row if not YEAR.fullmatch(cell.text)]
    return any(isinstance(value, int | float) for value in found)


def _is_head(row: list[Cell]) -> bool:
    return len(_named(row)) > 1 and not _numbers(row)


def _questions(table: Table, heads: Heads, wide: int) -> bool:
    """Whether the row below asks for numbers in words, and gives none in its first columns."""
    if heads.last + 1 >= len(table):
        return False
    row = table[heads.last + 1][:wide]
    asked = [heads.places[name] for name in ("quantity", "duration", "starts", *CORRECTIONS)
             if name in heads.places]  # fmt: skip
    said = [row[at].text for at in asked if at < len(row) and len(row[at].text.split()) > 1]
    return len(said) > 1 and not _numbers(row)


def _placed(rows: Table, first: int, last: int) -> Heads:
    places: dict[str, tuple[int, Cell, bool]] = {}
    years: dict[int, int] = {}
    twice: dict[str, tuple[Cell, Cell]] = {}
    before = ""
    for at in range(max(map(len, rows))):
        role, whole, cell = _role(rows, at, before)
        if not role or cell is None:
            continue
        if role == "year":
            years.setdefault(year_of(cell.text) or 0, at)
            continue
        before = role
        known = places.get(role)
        if known is None or (whole and not known[2]):
            places[role] = (at, cell, whole)
            twice.pop(role, None)
        elif whole == known[2] and role not in SEVERAL:
            twice[role] = (known[1], cell)
    cells = {role: cell for role, (_, cell, _) in places.items()}
    where = {role: at for role, (at, _, _) in places.items()}
    used = {at for role, at in where.items() if role not in UNUSED} | {*years.values()}
    others = _others(rows[first - last - 1 :], used)
    return Heads(first, last, where, cells, _of_one_kind(years), twice, others)


def _others(rows: Table, read: set[int]) -> tuple[Cell, ...]:
    """The names of columns that are not read, but for numbers between the heads."""
    named: dict[int, Cell] = {}
    for row in rows:
        for at, cell in enumerate(row):
            if cell.text and isinstance(cell.value, str) and at not in read:
                named.setdefault(at, cell)
    return tuple(named[at] for at in sorted(named))


def _of_one_kind(years: dict[int, int]) -> dict[int, int]:
    """Numbers of years, or else years of the calendar: one of those by itself is a date."""
    numbered = {year: at for year, at in years.items() if year <= MOST_NUMBERED}
    return numbered or (years if len(years) > 1 else {})


def _role(rows: Table, at: int, before: str) -> tuple[str, bool, Cell | None]:
    """What a column holds: by its lowest head that is known.

    A question below a head may begin with the name of another one: a whole name above it goes
    before it, unless that is of a group of columns.
    """
    begins: tuple[str, bool, Cell | None] = ("", False, None)
    for number in range(len(rows) - 1, -1, -1):
        row = rows[number]
        if at >= len(row) or not row[at].text:
            continue
        if year_of(row[at].text) is not None:
            return "year", True, row[at]
        role, whole = role_of(row[at].text)
        if role in UNSURE:
            above = [role_of(_owner(one, at))[0] for one in reversed(rows[:number])]
            role = _meant(role, next(filter(None, above), ""), before)
        if role and whole and not (begins[0] and _is_group(row, at)):
            return role, True, row[at]
        if role and not begins[0]:
            begins = role, False, row[at]
    return begins


def _is_group(row: list[Cell], at: int) -> bool:
    """Whether a head lies over more columns than its own."""
    return at + 1 < len(row) and Mark.BESIDE in row[at + 1].marks


def _owner(row: list[Cell], at: int) -> str:
    """What stands over a column in a row: its own cell, or the merged one that lies over it."""
    while 0 < at < len(row) and Mark.BESIDE in row[at].marks:
        at -= 1
    return row[at].text if at < len(row) else ""


def _meant(unsure: str, group: str, before: str) -> str:
    """What a value, source or description is of: as its group says, or the column before it."""
    inside = group in OF_INPUTS or (not group and before in BEFORE_INPUTS)
    if unsure == "value":
        return "input_value" if inside else "proxy_value"
    if unsure == "description":
        if inside:
            return "inputs"
        of_outcome = group == "outcome" or before in BEFORE_INPUTS | {"outputs"}
        return "outcome" if of_outcome and group != "proxy" else "proxy"
    if group == "proxy" or before in ("proxy", "proxy_value"):
        return "proxy_source"
    return "quantity_source" if before in ("outcome", "indicator", "quantity", "each") else "source"
