"""Names in lines: cut to one line, or broken between words, for a drawing, a head and page 1."""

from __future__ import annotations

from sroi.report.words.glyphs import length

LONGEST = 90  # characters of a name in a sentence on page 1


def short(name: str, width: int) -> str:
    """A name on one line, which says so where it goes on."""
    name = " ".join(name.split())
    return name if len(name) <= width else name[: width - 1].rstrip() + "…"


def both_ends(name: str, width: int) -> str:
    """A name on one line, of which the middle goes where it is long: names that are alike often
    differ at their end."""
    name = " ".join(name.split())
    last = (width - 1) // 2
    return name if len(name) <= width else f"{name[: width - 1 - last].rstrip()}…{name[-last:]}"


def fitting(name: str, room: float) -> str:
    """A name on one line of semibold letters; `room`: in times their size."""
    name = " ".join(name.split())
    fits = (n for n in range(len(name), 0, -1) if length(short(name, n), bold=True) <= room)
    return short(name, next(fits, 1))


def wrapped(label: str, width: int = 34) -> str:
    """A label in two lines at the most; where it says of what beneath it, three for both."""
    first, _, under = label.partition("\n")
    lines = _lines(first, width, 2)
    return "\n".join([*lines, *_lines(under, width, 3 - len(lines))] if under else lines)


def _lines(text: str, width: int, most: int) -> list[str]:
    """A text in lines of whole words, about as long; the last one says where more is left out."""
    lines = _filled(text, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + "…"]
    else:
        even = (_filled(text, narrow) for narrow in range(1, width + 1))
        lines = next(some for some in even if len(some) == len(lines))
    return [line if len(line) <= width else line[: width - 1] + "…" for line in lines]


def _filled(text: str, width: int) -> list[str]:
    """A text in lines of whole words, each as full as it can be."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
