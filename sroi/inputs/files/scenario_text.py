"""A scenario as the text of a file, from its data."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from sroi.inputs.text.yaml_edit import SHORT, WHOLE, flow


def scenario_text(data: Mapping[str, Any], header: str = "") -> str:
    """YAML with a line for each key; what fits stands on one line. `header`: a remark above it."""
    remark = [f"# {line}".rstrip() for line in header.splitlines()]
    parts = [f"{flow(key)}:{_behind(value, 0)}" for key, value in data.items()]
    blocks = ["\n" + part if "\n" in part else part for part in parts]
    return "\n".join([*remark, *([""] if remark else []), *blocks]).lstrip("\n") + "\n"


def _behind(value: Any, indent: int) -> str:
    """What stands behind a key: short things on its line, others below it."""
    start = "\n" + " " * (indent + 2)
    nested = isinstance(value, list) and any(isinstance(one, Mapping) for one in value)
    if indent + len(short := flow(value)) < SHORT - 20 and not (nested and value):
        return " " + short
    if isinstance(value, Mapping):
        return "".join(
            f"{start}{flow(key)}:{_behind(one, indent + 2)}" for key, one in value.items()
        )
    if isinstance(value, list):
        return "".join(f"{start}- {_item(one, indent + 4)}" for one in value)
    if " ".join(value.split()) != value:
        return " " + short
    return " >-" + "".join(start + line for line in textwrap.wrap(value, SHORT - indent, **WHOLE))


def _item(value: Any, indent: int) -> str:
    """An item of a list: a mapping with a line for each key, or one value."""
    if not isinstance(value, Mapping) or indent + len(flow(value)) < SHORT - 20:
        return flow(value)
    keys = [f"{flow(key)}:{_behind(one, indent)}" for key, one in value.items()]
    return ("\n" + " " * indent).join(keys)
