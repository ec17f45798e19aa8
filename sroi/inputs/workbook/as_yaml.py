"""A scenario's data as the text of a scenario file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from sroi.inputs.scenario.scenario import Scenario
from sroi.inputs.text.yaml_text import parse
from sroi.inputs.workbook.entries import words_of

WIDTH = 100
SHORT = 88  # characters of a mapping or list that stands on one line
ORDER = {field.alias or name: at for at, (name, field) in enumerate(Scenario.model_fields.items())}


class _Dumper(yaml.SafeDumper):
    """Writes text as text: no word or number of it means anything to YAML."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def as_yaml(data: Mapping[str, Any], file: str) -> bytes:
    """The text of a scenario file that says the same, its parts in their order.

    Raises `ValueError` where it would be read back as something else.
    """
    ordered = dict(sorted(data.items(), key=lambda pair: ORDER.get(pair[0], len(ORDER))))
    text = yaml.dump(
        ordered, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, indent=2
    )
    content = _apart(text).encode()
    if parse(content, file).data != ordered:
        raise ValueError("not as it was")
    return content


def _apart(text: str) -> str:
    """An empty line above each part that takes more than one."""
    lines = text.splitlines()
    return "\n".join(
        "\n" + line if line[:1].isalpha() and at and lines[at - 1][:1].isspace() else line
        for at, line in enumerate(lines)
    ) + "\n"


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _mapping(dumper: yaml.SafeDumper, data: Mapping[str, Any]) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=_short(data))


def _list(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=_short(data))


def _short(data: Any) -> bool:
    """Whether it fits on a line, and holds no list of mappings."""
    inner = data.values() if isinstance(data, Mapping) else data
    deep = isinstance(data, list) and any(isinstance(part, Mapping) and part for part in inner)
    return not deep and len(words_of(data)) < SHORT


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)
