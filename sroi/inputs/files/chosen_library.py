"""Which library is reckoned with: the shipped one, and over it the layer of whoever is at work.

The layer is chosen on the command line or by an environment variable, which second processes
inherit; else it is the file in the user's own folder, if there is one. A scenario cannot choose it.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from sroi import shipped
from sroi.inputs.library.layered import layered
from sroi.inputs.library.library import Library, read_library
from sroi.inputs.text.yaml_text import Document, parse, read

CHOICE = "SROI_LIBRARY"
NONE = "none"


@lru_cache(maxsize=1)
def shipped_library() -> Library:
    """The price library that comes with the package; read once."""
    return read_library(shipped.folder("proxies"))


def chosen_library() -> Library:
    """The shipped library with the layer that was chosen. Raises `Unusable` with all problems."""
    document = chosen_layer()
    return library_over(document.content, document.file) if document else shipped_library()


def chosen_layer() -> Document | None:
    """The layer that is in use, read. Raises `Unusable`, also where a file that was named is
    not there."""
    path = named_layer() or layer_there()
    return read(path) if path else None


def layer_there() -> Path | None:
    """The file of the layer that is in use, where there is one."""
    path = named_layer() or own_layer()
    return path if not chose_none() and path.exists() else None


def choose(asked: str) -> None:
    """Choose a layer for this process and those that it starts: a file, or `none`."""
    os.environ[CHOICE] = asked if asked == NONE else str(Path(asked).absolute())


def chose_none() -> bool:
    """Whether the prices are to be as they are shipped."""
    return os.environ.get(CHOICE) == NONE


def named_layer() -> Path | None:
    """The file that was chosen by name."""
    asked = os.environ.get(CHOICE, "")
    return Path(asked) if asked not in ("", NONE) else None


def own_layer() -> Path:
    """Where the layer of the user stands: in the folder that the system has for such files."""
    from platformdirs import user_config_path

    return user_config_path("sroi", appauthor=False) / "prices.yaml"


def layer_to_write() -> Path | None:
    """Where reviews go: the layer that is in use, or the user's own of an installed package.

    None in a checkout without a layer, where they go into the library itself.
    """
    if chose_none():
        return None
    own = own_layer() if shipped.packaged() or own_layer().exists() else None
    return named_layer() or own


@lru_cache(maxsize=4)
def library_over(content: bytes, file: str) -> Library:
    """The shipped library with a layer over it, read anew when the layer changes and not for each
    variant. Raises `Unusable`."""
    return layered(shipped_library(), parse(content, file))
