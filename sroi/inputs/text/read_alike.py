"""What is one and the same to whoever reads it: `P001` and `p001`, `7` and `7.0`, `007` and `7`.

Programs write the numbers of people and of answers in their own ways: a column that had an empty
cell comes back with decimals, a spreadsheet takes zeros in front away. A reader sees no difference.
"""

from __future__ import annotations

import re
import unicodedata

WHOLE = re.compile(r"([+-]?)0*(\d{1,30})([.,]0{1,2})?", re.ASCII)
BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
SIGNS = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")
ZEROS_IN_FRONT = re.compile(r"(?<!\d)0+(?=\d)")


def plain(text: str) -> str:
    """A text as it is read: case and width of its signs, spaces, and zeros that say nothing aside.

    `P001 ` and `p001` come to the same, and so do `7`, `7.0`, `7,00` and `007`; `9.000` may be nine
    thousand and stays as it is.
    """
    bare = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    found = WHOLE.fullmatch(bare)
    return f"{found[1].replace('+', '')}{found[2]}" if found else bare


def loose(text: str) -> str:
    """What is left without signs and zeros in front: `P-001`, `P 1` and `p1` look like each other.

    Nothing is joined by this: two that only look like each other are asked about.
    """
    bare = SIGNS.sub("", BETWEEN_DIGITS.sub("-", plain(text)))
    return ZEROS_IN_FRONT.sub("", bare)
