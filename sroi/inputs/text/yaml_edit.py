"""Changes in a YAML file that leave every other character where it was.

The positions come from the YAML parser, the text around them is never written anew: comments,
order, quotes and line breaks stay. What comes out is read again and held against what was asked;
where the two differ, nothing is changed at all.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sroi.inputs.text.yaml_text import LINE_BREAK, Loader, Path_, parse
from sroi.problems import Problem, Unusable, reason
from sroi.signals import held_back

BOM = b"\xef\xbb\xbf"
ANY_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
SHORT = 90  # characters of a line
WHOLE: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False}
# needs no quotes, neither by itself nor between braces
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+%-]*|-[0-9][0-9._]*%?")


@dataclass(frozen=True)
class Span:
    """Where a value stands, in characters from the start of the text, without white space behind.

    `block`: a mapping or list over several lines; `column`: where its lines begin.
    """

    start: int
    end: int
    block: bool = False
    column: int = 0


class Editor:
    """One file that is being changed. `result` gives its new bytes."""

    def __init__(self, content: bytes, file: str) -> None:
        self._before = parse(content, file)
        self._wanted = copy.deepcopy(self._before.data)
        self._file = file
        self._bom = BOM if content.startswith(BOM) else b""
        self._text = content.decode("utf-8-sig")
        found = ANY_BREAK.search(self._text)
        self._break = found[0] if found else "\n"
        self._starts = [0, *(match.end() for match in ANY_BREAK.finditer(self._text))]
        self._splices: list[tuple[int, int, str]] = []
        self._keys: dict[Path_, Span] = {}
        self._values: dict[Path_, Span] = dict(self._spans(self._composed(), ()))

    @property
    def data(self) -> Any:
        """The data of the file as it was."""
        return self._before.data

    def set(self, path: Path_, value: Any) -> None:
        """Another value at a path of a mapping; it is added where there was none."""
        if path not in self._values:
            self._add(path, value)
            return
        old, key = self._values[path], self._keys.get(path)
        if old.block and key:
            self._splice(key.end, old.end, ": " + flow(value))
        else:
            self._splice(old.start, old.end, flow(value))
        _inside(self._wanted, path[:-1])[path[-1]] = value

    def set_lines(self, path: Path_, value: Mapping[str, Any]) -> None:
        """Another mapping at a path, over several lines where its parent has them too.

        A remark behind the old value goes with it.
        """
        parent = self._values[path[:-1]]
        if not parent.block:
            self.set(path, value)
            return
        text = ":" + lines(value, self._line(parent.column + 2))
        if path in self._values:
            self._splice(self._keys[path].end, self._behind(self._values[path])[1], text)
        else:
            text = f"{self._line(parent.column)}{path[-1]}{text}"
            last = self._last_key(path[:-1])
            above = path[:-1] if last is None else (*path[:-1], last)
            self._splice(*self._behind(self._values[above]), text)
        _inside(self._wanted, path[:-1])[path[-1]] = value

    def remove(self, path: Path_) -> None:
        """A key of a mapping with its value, and the lines they stand on.

        Raises `Unusable` where something else stands on those lines.
        """
        key, (_, end) = self._keys[path], self._behind(self._values[path])
        start = max(begin for begin in self._starts if begin <= key.start)
        if self._text[start : key.start].strip() or not self._values[path[:-1]].block:
            raise _unwritten("review-not-editable", self._file)
        found = ANY_BREAK.match(self._text, end)
        self._splice(start, found.end() if found else end, "")
        del _inside(self._wanted, path[:-1])[path[-1]]

    def replace(self, path: Path_, pairs: Mapping[str, Any]) -> None:
        """Other keys with their values in the place of one key with its value."""
        parent = self._values[path[:-1]]
        between = self._line(parent.column) if parent.block else ", "
        text = between.join(f"{key}: {flow(value)}" for key, value in pairs.items())
        self._splice(self._keys[path].start, self._values[path].end, text)
        wanted = _inside(self._wanted, path[:-1])
        del wanted[path[-1]]
        wanted.update(pairs)

    def append(self, path: Path_, items: list[Any]) -> None:
        """More items at the end of a list; the list is made where there was none."""
        if path not in self._values:
            self._add(path, items)
            return
        whole, length = self._values[path], len(_inside(self._wanted, path))
        last = self._values.get((*path, length - 1))
        if whole.block and last:
            text = "".join(self._line(whole.column) + "- " + flow(item) for item in items)
            self._splice(*self._behind(last), text)
        else:
            text = ", ".join(map(flow, items))
            at = last.end if last else whole.start + 1
            self._splice(at, at, f", {text}" if last else text)
        _inside(self._wanted, path).extend(items)

    def append_lines(self, path: Path_, items: list[Any]) -> None:
        """More mappings at the end of a list, each with a line for every key.

        The list is made where there was none; one between brackets stays as it is written.
        """
        whole, parent = self._values.get(path), self._values[path[:-1]]
        length = len(_inside(self._wanted, path)) if whole else 0
        if (whole and not (whole.block and length)) or not parent.block:
            self.append(path, items)
            return
        if whole:
            text = listed(items, self._line(whole.column))
            self._splice(*self._behind(self._values[(*path, length - 1)]), text)
            _inside(self._wanted, path).extend(items)
            return
        last = self._values[(*path[:-1], self._last_key(path[:-1]))]  # type: ignore[arg-type]
        text = f"{self._line(parent.column)}{path[-1]}:"
        text += listed(items, self._line(parent.column + 2))
        self._splice(*self._behind(last), text)
        _inside(self._wanted, path[:-1])[path[-1]] = items

    def result(self) -> bytes:
        """The file with all changes. Raises `Unusable` where it would not read as was asked."""
        parts, at = [], 0
        for start, end, text in sorted(self._splices, key=lambda splice: splice[:2]):
            parts += [self._text[at:start], text]
            at = end
        content = self._bom + "".join([*parts, self._text[at:]]).encode("utf-8")
        if not self._reads_as_wanted(content):
            raise _unwritten("review-not-editable", self._file)
        return content

    def _reads_as_wanted(self, content: bytes) -> bool:
        try:
            return bool(parse(content, self._file).data == self._wanted)
        except Unusable:
            return False

    def _add(self, path: Path_, value: Any) -> None:
        """A new key: behind the last of its mapping."""
        parent, name = self._values[path[:-1]], self._last_key(path[:-1])
        last = self._values[(*path[:-1], name)] if name is not None else None
        if parent.block and last:
            told = self._listed(value, parent.column) if isinstance(value, list) else flow(value)
            text = f"{self._line(parent.column)}{path[-1]}:{'' if told[0].isspace() else ' '}{told}"
            self._splice(*self._behind(last), text)
        else:
            at = last.end if last else parent.start + 1
            self._splice(at, at, f"{', ' if last else ''}{path[-1]}: {flow(value)}")
        _inside(self._wanted, path[:-1])[path[-1]] = value

    def _last_key(self, path: Path_) -> str | None:
        """The last key of a mapping in the file that is still wanted."""
        kept = _inside(self._wanted, path)
        return next(
            (key for key in reversed(_inside(self._before.data, path)) if key in kept), None
        )

    def _listed(self, items: list[Any], column: int) -> str:
        return "".join(self._line(column + 2) + "- " + flow(item) for item in items)

    def _line(self, column: int) -> str:
        return self._break + " " * column

    def _behind(self, span: Span) -> tuple[int, int]:
        """The end of the line on which something ends, its remark included."""
        found = ANY_BREAK.search(self._text, span.end)
        at = found.start() if found else len(self._text)
        return at, at

    def _splice(self, start: int, end: int, text: str) -> None:
        self._splices.append((start, end, text))

    def _composed(self) -> Any:
        """The tree of nodes, on the text as the reader reads it: with one kind of line break."""
        loader = Loader(LINE_BREAK.sub("\n", self._text))
        try:
            return loader.get_single_node()
        finally:
            loader.dispose()

    def _spans(self, node: Any, path: Path_) -> Iterator[tuple[Path_, Span]]:
        """Where every value at and below a node stands; where the keys stand is kept aside."""
        ends = [self._at(node.end_mark)] if not _is_block(node) else []
        for step, key, value in _children(node):
            inner = (*path, step)
            if key is not None:
                self._keys[inner] = Span(self._at(key.start_mark), self._at(key.end_mark))
            below = list(self._spans(value, inner))
            yield from below
            ends.append(below[-1][1].end)
        start = self._at(node.start_mark)
        end = start + len(self._text[start : max(ends)].rstrip())
        yield path, Span(start, end, _is_block(node), node.start_mark.column)

    def _at(self, mark: Any) -> int:
        return int(self._starts[mark.line] + mark.column)


def flow(value: Any) -> str:
    """A value on one line: `{low: 8, best: 10}`; text in quotes where it could be misread."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def lines(value: Mapping[str, Any], start: str) -> str:
    """A mapping with a line for each key; `start`: a line break and the spaces of such a line."""
    return "".join(f"{start}{key}:{_below(part, start)}" for key, part in value.items())


def listed(items: list[Mapping[str, Any]], start: str) -> str:
    """Mappings as items of a list, each with a line for every key; `start` as for `lines`."""
    return "".join(f"{start}- {lines(item, start + '  ').lstrip()}" for item in items)


def _below(value: Any, start: str) -> str:
    """What stands behind a key: short things on its line, other mappings, lists and texts below."""
    short = " " + flow(value)
    if len(start) + len(short) < SHORT:
        return short
    if isinstance(value, Mapping):
        return lines(value, start + "  ")
    if isinstance(value, list):
        return "".join(f"{start}  - {flow(item)}" for item in value)
    if not isinstance(value, str) or " ".join(value.split()) != value:
        return short
    return " >-" + "".join(f"{start}  {line}" for line in textwrap.wrap(value, SHORT, **WHOLE))


def write_all(changed: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Replace files (what they hold now, what they shall hold): all of them, or none.

    Raises `Unusable` where one cannot be written, or no longer holds what was read.
    """
    ready: dict[Path, tuple[Path, Path]] = {}
    with held_back():
        try:
            for path, (old, new) in changed.items():
                _still(path, old)
                ready[path] = (_beside(path, old), _beside(path, new))
            _replace(ready)
        except OSError as error:
            raise _unwritten("output-unwritable", path, reason=reason(error.errno)) from None
        finally:
            for pair in ready.values():
                for temporary in pair:
                    temporary.unlink(missing_ok=True)


def _replace(ready: Mapping[Path, tuple[Path, Path]]) -> None:
    """Each file by its new one; where one fails, those before it get back what they held."""
    begun: list[Path] = []
    try:
        for path, (_, new) in ready.items():
            begun.append(path)
            new.replace(path)
    except BaseException:
        for path in begun:
            ready[path][0].replace(path)
        raise


def _still(path: Path, content: bytes) -> None:
    """That a file may be written, and nobody has changed it in the mean time."""
    if path.read_bytes() != content:
        raise _unwritten("review-file-changed", path)
    with path.open("ab"):
        pass


def _unwritten(what: str, path: Path | str, **facts: object) -> Unusable:
    return Unusable(Problem(what, file=str(path), facts={"path": str(path)} | facts))


def _beside(path: Path, content: bytes) -> Path:
    """A temporary file with the rights of the one it will replace."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(path, temporary)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _is_block(node: Any) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _children(node: Any) -> Iterator[tuple[str | int, Any, Any]]:
    """Step, key (None in a list) and value of each part of a node."""
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((step, None, value) for step, value in enumerate(node.value))


def _inside(data: Any, path: Path_) -> Any:
    for step in path:
        data = data[step]
    return data
