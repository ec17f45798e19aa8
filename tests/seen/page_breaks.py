"""Where a printed report goes on over a page, and what is then left alone."""

from collections.abc import Iterator
from itertools import pairwise

from tagged import Element, Tagged, children, kids, walk

HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6"}
BLOCKS = {*HEADINGS, "P", "Figure", "Table", "L"}
LEAST_FULL = 0.5
TOP, FOOT = 842 - 56, 53  # points from the foot of a page, within its margins


def left_alone(of: Tagged) -> Iterator[str]:
    """A heading without what follows it, and a paragraph without the table that it leads up to."""
    blocks = [(role, element, _page(of, element)) for role, element in _blocks(of)]
    for (role, element, page), (after, _, other) in pairwise(blocks):
        with_it = role in HEADINGS or (role == "P" and after in ("Table", "L"))
        if with_it and page != other:
            yield f"page {page}: {of.words(element)[:60]!r} without its {after}"


def single_rows(of: Tagged) -> Iterator[str]:
    """A table that goes on over a page has two rows before and after it, or more."""
    parts = [(element, _page(of, element)) for role, element in of.structure if role == "Table"]
    for (one, page), (other, after) in pairwise(parts):
        heads, rows = _rows(of, one)
        again, rest = _rows(of, other)
        if heads and heads == again and after == page + 1 and min(len(rows), len(rest)) < 2:
            yield f"page {page}: one row by itself of {heads}"


def half_empty(of: Tagged) -> Iterator[str]:
    """Less than half of a page has words on it. Page 1 stands by itself, and the last one ends."""
    for number in range(2, len(of.document.pages)):
        ends = [y for _, _, _, y in of.lines(number) if y > FOOT]
        full = (TOP - min(ends)) / (TOP - FOOT)
        if full < LEAST_FULL:
            yield f"page {number}: {full:.0%}"


def _blocks(of: Tagged) -> Iterator[tuple[str, Element]]:
    """What stands under each other, in the order of reading."""
    yield from ((role, element) for role, element in of.structure if role in BLOCKS)


def _page(of: Tagged, element: Element) -> int:
    """The page on which an element begins, 0 where it has nothing on any."""
    for one in (element, *(inner for _, inner in walk(element))):
        for kid in kids(one):
            page = kid.get("/Pg", one.get("/Pg")) if isinstance(kid, Element) else one.get("/Pg")
            if page is not None and (isinstance(kid, int) or kid.get("/Type") == "/MCR"):
                return of.numbers[page.objgen]
    return 0


def _rows(of: Tagged, table: Element) -> tuple[str, list[Element]]:
    """The words of its head, and the rows under it that are no title of a group."""
    rows = [element for role, element in walk(table) if role == "TR"]
    heads = [row for row in rows if all(str(cell.S) == "/TH" for cell in children(row))]
    return " ".join(of.words(row) for row in heads[:1]), [row for row in rows if row not in heads]
