"""YAML text becomes plain data in which every scalar is text, with the place of every part.

The reader works on the parser's events and never builds a YAML object, so that no tag, anchor or
guess of YAML can do anything: `no` stays the text "no" and the rules of `numerals` decide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sroi.inputs.text.content import content_of
from sroi.problems import Problem, Unusable

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
MAX_NODES = 100_000
BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
# what YAML does not allow in a text at all
FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Path_ = tuple[str | int, ...]
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Finding(Problem):
    """A problem that knows which part of the data it is about."""

    path: Path_ = field(default=(), compare=False)


@dataclass
class Document:
    """One file: its data (dicts, lists and text), and (line, column) of every key and value.

    `content`: the bytes as they were read. `before`: the data before a variant changed it.
    """

    file: str
    lines: list[str]
    data: Any = None
    content: bytes = field(default=b"", repr=False)
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    empty: set[Path_] = field(default_factory=set)
    before: Any = None

    @property
    def written(self) -> Any:
        """The data as it stands in the file, also where a variant has changed it."""
        return self.data if self.before is None else self.before

    def named(self, key: str) -> str:
        """What a part of a scenario is called for whoever wrote this: its key."""
        return key

    def place(self, path: Path_, at_key: bool = False) -> tuple[int, int]:
        """Line and column of a path, or of the nearest thing above it that stands in the file."""
        while path:
            found = (self.keys.get(path) if at_key else None) or self.values.get(path)
            if found:
                return found
            path, at_key = path[:-1], True
        return (0, 0)

    def problem(
        self,
        code: str,
        path: Path_,
        at_key: bool = False,
        severity: str = "error",
        /,
        **facts: object,
    ) -> Problem:
        """A problem at a path of this document."""
        line, column = self.place(path, at_key)
        excerpt = self.excerpt(line)
        return Finding(code, severity, self.file, line, column, excerpt, facts, path)  # type: ignore[arg-type]

    def excerpt(self, line: int) -> str:
        """The text of a line, safe to print in a terminal."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return printable(text.replace("\t", " ")[:400])


def read(path: Path) -> Document:
    """Read one file. Raises `Unusable` when there is no YAML text in it at all."""
    return parse(content_of(path, MAX_BYTES), str(path))


def parse(content: bytes, file: str) -> Document:
    """Data and places of YAML bytes; whatever the bytes, a Document or `Unusable`."""
    document = Document(file, [], content=content)
    text = _decode(content, document)
    document.lines = text.split("\n")
    _refuse_forbidden(text, document)
    _Builder(document, text).build()
    return document


def _decode(content: bytes, document: Document) -> str:
    if len(content) > MAX_BYTES:
        raise Unusable(Problem("file-too-large", file=document.file, facts={"most": MAX_BYTES}))
    if b"\0" in content and not content.startswith(UTF_16):
        raise Unusable(Problem("file-binary", file=document.file))
    try:
        text = LINE_BREAK.sub("\n", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unusable(Problem("file-not-utf8", file=document.file, line=line)) from None
    if not text.strip():
        raise Unusable(Problem("file-empty", file=document.file))
    return text


def _refuse_forbidden(text: str, document: Document) -> None:
    found = FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        place = (document.file, line, column, document.excerpt(line))
        raise Unusable(Problem("text-control-character", "error", *place))


def _unprintable(char: str) -> bool:
    return char in BIDI_OVERRIDES or (unicodedata.category(char) in {"Cc", "Cs"} and char != "\n")


def printable(text: str) -> str:
    """A text without the signs that a terminal or a page would obey, spaces in their place."""
    if text.isprintable():  # as nearly all are, and no sign that is taken away is
        return text
    return "".join(" " if _unprintable(char) else char for char in text)


class _Builder:
    """Walks over the parser's events with a stack of open mappings and lists."""

    def __init__(self, document: Document, text: str) -> None:
        self.document, self.text = document, text
        self.open: list[tuple[Any, Path_]] = []
        self.pending: list[str | None] = []
        self.nodes = 0
        self.documents = 0

    def build(self) -> None:
        try:
            for event in self._events():
                self._take(event)
        except yaml.YAMLError as error:
            raise Unusable(*self.document.problems, self._syntax(error)) from None
        if self.document.data in (None, ""):
            raise Unusable(Problem("file-empty", file=self.document.file))

    def _events(self) -> Iterator[yaml.Event]:
        loader = Loader(self.text)
        try:
            while loader.check_event():
                yield loader.get_event()
        finally:
            loader.dispose()

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop("yaml-second-document", event)
        elif isinstance(event, yaml.AliasEvent):
            self._stop("yaml-alias", event, text=f"*{event.anchor}")
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.pending.pop()

    def _node(self, event: Any) -> None:
        self._guard(event)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
            return
        container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._put(container, event)
        self.open.append((container, path))
        self.pending.append(None)

    def _guard(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES or len(self.open) > MAX_DEPTH:
            self._stop("yaml-too-large", event, nodes=MAX_NODES, depth=MAX_DEPTH)
        if event.anchor is not None:
            self._stop("yaml-alias", event, text=f"&{event.anchor}")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._stop("yaml-tag", event, text=printable(tag[:40]))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        text = printable(event.value.replace("\t", " "))
        if text != event.value.replace("\t", " "):
            self._note("text-control-character", event)
        if self.open and isinstance(self.open[-1][0], dict) and self.pending[-1] is None:
            self._key(text, event)
            return
        path = self._put(text.strip(), event)
        if text == "" and not event.style and not _is_decimals(path):
            self._empty(path)

    def _empty(self, path: Path_) -> None:
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        problem = self.document.problem("field-empty", path, True, key=key[:80])
        self.document.problems.append(problem)
        self.document.empty.add(path)

    def _key(self, text: str, event: yaml.ScalarEvent) -> None:
        container, path = self.open[-1]
        if (
            not event.style and event.value[:1].isspace()
        ):  # YAML knows one kind of space, and takes this one for a letter
            raise Unusable(self._at("yaml-blank", event, {}))
        if text in container:
            self._note("yaml-duplicate-key", event, key=text[:80])
        self.pending[-1] = text
        self.document.keys[(*path, text)] = _place(event)

    def _put(self, value: Any, event: Any) -> Path_:
        """Place a value in the container that is open, and remember where it stood."""
        if not self.open:
            self.document.data = value
            self.document.values[()] = _place(event)
            return ()
        container, path = self.open[-1]
        if isinstance(container, list):
            path = (*path, len(container))
            container.append(value)
        elif self.pending[-1] is None:
            self._stop("yaml-key-not-text", event)
        else:
            path = (*path, self.pending[-1])
            container[self.pending[-1]] = value
            self.pending[-1] = None
        self.document.values[path] = _place(event)
        return path

    def _at(self, code: str, event: Any, facts: dict[str, object]) -> Problem:
        line, column = _place(event)
        excerpt = self.document.excerpt(line)
        return Problem(code, "error", self.document.file, line, column, excerpt, facts)

    def _note(self, code: str, event: Any, **facts: object) -> None:
        self.document.problems.append(self._at(code, event, facts))

    def _stop(self, code: str, event: Any, **facts: object) -> None:
        raise Unusable(*self.document.problems, self._at(code, event, facts))

    def _syntax(self, error: yaml.YAMLError) -> Problem:
        mark = getattr(error, "problem_mark", None)
        if mark and not any(map(str.strip, self.document.lines[mark.line :])):
            mark = (
                getattr(error, "context_mark", None) or mark
            )  # where it began, not where it ended
        line = min(mark.line + 1, len(self.document.lines)) if mark else 0
        column = mark.column + 1 if mark else 0
        excerpt = self.document.excerpt(line)
        code = "yaml-source-in-braces" if _bracket_in_braces(excerpt) else "yaml-syntax"
        reason = str(getattr(error, "problem", "") or getattr(error, "reason", ""))[:120]
        return Problem(code, "error", self.document.file, line, column, excerpt, {"reason": reason})


def _place(event: Any) -> tuple[int, int]:
    return (event.start_mark.line + 1, event.start_mark.column + 1)


def _is_decimals(path: Path_) -> bool:
    """Of `{low: 0,8}` the reader makes an empty key 8; `number-comma-in-braces` is about that."""
    return bool(path) and str(path[-1]).rstrip("%").isdecimal() and isinstance(path[-1], str)


def _bracket_in_braces(line: str) -> bool:
    """`{source: key[p. 3]}`: the mistake that everyone makes once; it wants quotes."""
    opened, _, rest = line.partition("source:")
    return "{" in opened and "[" in rest and not rest.lstrip().startswith(('"', "'"))
