"""What the columns of a table of what happened are called, and its words, in both languages."""

from __future__ import annotations

from sroi.inputs.text.read_alike import plain

# by field: its heading in Dutch and in English
COLUMNS = {
    "period": ("periode", "period"),
    "what": ("wat", "what"),
    "payer": ("betaler", "payer"),
    "amount": ("hoeveel", "amount"),
    "of": ("van hoeveel", "of"),
    "low": ("laag", "low"),
    "high": ("hoog", "high"),
    "sd": ("sd", "standard deviation"),
    "known": ("hoe bekend", "known"),
    "comparison": ("vergelijking", "comparison"),
    "price_year": ("prijspeil", "price year"),
    "correction": ("correctie", "correction"),
    "measurement": ("meting", "measurement"),
    "source": ("bron", "source"),
    "note": ("opmerking", "note"),
}
# what is said of the table as a whole, in rows above it
ABOUT = {
    "scenario": ("scenario", "scenario"),
    "fingerprint": ("vingerafdruk", "fingerprint"),
    "until": ("tot en met", "until"),
    "title": ("titel", "title"),
    "simulated": ("gesimuleerd", "simulated"),
}
WORDS = {
    "known": {
        "booked": ("geboekt", "booked"),
        "counted": ("geteld", "counted"),
        "measured": ("gemeten", "measured"),
        "estimated": ("geschat", "estimated"),
    },
    "comparison": {"none": ("geen", "none"), "group": ("groep", "group")},
    "correction": {"true": ("ja", "yes"), "false": ("nee", "no")},
    "simulated": {"true": ("ja", "yes"), "false": ("nee", "no")},
}


def field_of(heading: str, fields: dict[str, tuple[str, str]]) -> str | None:
    """The field that a heading stands for, in either language or by its key."""
    told = plain(heading)
    for field, names in fields.items():
        if told in {plain(name) for name in (*names, field)}:
            return field
    return None


def word_of(field: str, text: str) -> str:
    """What a word in a cell stands for; what is not known stays as it is, and is told."""
    for word, names in WORDS.get(field, {}).items():
        if plain(text) in {plain(name) for name in (*names, word)}:
            return word
    return text


def headings() -> list[str]:
    """Every heading that is known."""
    return [name for names in COLUMNS.values() for name in names]
