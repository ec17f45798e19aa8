"""What in a file looks like a person: names, addresses, e-mail, telephone and BSN numbers.

Whatever is found is only counted. Nothing of it is kept, and nothing of it may be printed: a
measurement needs a pseudonym and scores, and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from sroi.inputs.text.cells import Cell, Table

EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]{2,}")
PHONE = re.compile(r"(?<!\d)(?:\+|00)?(?:31[\s.-]?\(?0?\)?|0)[\s.-]?[1-9](?:[\s.-]?\d){8}(?!\d)")
POSTCODE = re.compile(r"(?<!\w)[1-9]\d{3}\s?[A-Za-z]{2}(?!\w)")
STREET = re.compile(
    r"(?:straat|laan|weg|plein|kade|gracht|hof|dreef|singel|pad|steeg|dijk|markt|plantsoen|park|"
    r"street|road|lane|avenue|straße)\s+\d+",
    re.IGNORECASE,
)
DIGITS = re.compile(r"(?<!\d)\d(?:[ .]?\d){7,8}(?!\d)")
DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
INITIAL = r"(?:[A-Z]\.\s?)+"
CAPITAL = r"[A-ZÀ-ÖØ-Þ][\wÀ-ÿ'’-]+"
BETWEEN = r"(?:(?:van|de|den|der|het|ten|ter|te|op|aan|in|'t|el|al|bin|di|da|la|le|von)\s+)*"
NAME = re.compile(
    rf"(?:(?:[Mm]evr(?:ouw)?|[Dd]hr|[Dd]e heer|[Mm]rs?|[Mm]s|[Dd]r)\.?\s+)?"
    rf"(?:{INITIAL}|{CAPITAL}\s+){BETWEEN}{CAPITAL}(?:\s+{CAPITAL})?"
)
ADDRESSED = re.compile(
    rf"(?:[Mm]evr(?:ouw)?|[Dd]hr|[Dd]e heer|[Mm]rs?|[Mm]s)\.?\s+{BETWEEN}{CAPITAL}"
)
FIRST_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-ÿ'’-]{2,}")
HEADINGS = {
    "name": "naam voornaam achternaam tussenvoegsel initialen voorletters name surname firstname",
    "address": "adres straat huisnummer postcode woonplaats address street postcode zip zipcode",
    "email": "email e-mail mail emailadres e-mailadres",
    "phone": "telefoon telefoonnummer tel mobiel mobile phone gsm",
    "bsn": "bsn burgerservicenummer sofinummer",
    "birth": "geboortedatum geboortedag birthdate dateofbirth dob geboren",
}
LONGEST = 300  # characters of a cell that are looked at
KINDS = ("name", "address", "email", "phone", "bsn", "birth")


def is_bsn(digits: str) -> bool:
    """Nine digits that pass the eleven test; eight with the leading zero that Excel takes away.

    9·d₁ + 8·d₂ + … + 2·d₈ - d₉ is a multiple of 11.
    """
    number = digits.zfill(9)
    if len(number) != 9 or len(digits) < 8 or int(number) < 1_000_000 or DAY.fullmatch(digits):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(digit) for w, digit in zip(weights, number, strict=True)) % 11 == 0


def kind_of(text: str) -> str:
    """What a text looks like: one of `KINDS`, or nothing."""
    text = text[:LONGEST]
    if len(text) < 5:
        return ""
    if EMAIL.search(text):
        return "email"
    if any(is_bsn(re.sub(r"\D", "", found[0])) for found in DIGITS.finditer(text)):
        return "bsn"
    if PHONE.search(text):
        return "phone"
    if POSTCODE.search(text) or STREET.search(text):
        return "address"
    return "name" if NAME.fullmatch(text) or ADDRESSED.search(text) else ""


def heading_kind(text: str) -> str:
    """What a column is said to hold by its heading: one of `KINDS`, or nothing."""
    words = set(re.findall(r"[^\W_]+", text.casefold())) | {re.sub(r"[\W_]+", "", text.casefold())}
    return next((kind for kind in KINDS if words & set(HEADINGS[kind].split())), kind_of(text))


def personal(
    table: Table, harmless: Iterable[str], pseudonym: int | None = None
) -> Iterator[tuple[str, Cell, int]]:
    """Kind, column and how many cells look like it, for every column that looks personal.

    A column that only its heading gives away has 0 cells. `harmless`: words of the questionnaire.
    `pseudonym`: the column in which a first name alone is one too many.
    """
    known = {word.casefold() for word in harmless}
    first, *rows = table or [[]]
    found = Counter({(cell.column, heading_kind(cell.text)): 0 for cell in first})
    for cell in (cell for row in rows for cell in row):
        if cell.text and cell.text.casefold() not in known:
            found[cell.column, _kind(cell.text, cell.column == pseudonym)] += 1
    for (column, kind), count in sorted(found.items()):
        if kind:
            yield kind, Cell(None, first[0].row, column), count


def _kind(text: str, pseudonym: bool) -> str:
    return kind_of(text) or ("name" if pseudonym and FIRST_NAME.fullmatch(text) else "")
