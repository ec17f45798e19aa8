"""What takes long is made once in a run of the tests, whichever test or worker asks for it."""

import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")
FOLDERS: list[Path] = []  # the last one is that of this run


def once(of: object, make: Callable[[], Made]) -> Made:
    """What `make` makes `of` something, which is all that it depends on.

    The bytes of that something are the name under which the result is kept.
    """
    place = FOLDERS[-1] / hashlib.sha256(pickle.dumps(of)).hexdigest()
    if not place.exists():
        half = place.with_suffix(f".{os.getpid()}")
        half.write_bytes(pickle.dumps(make()))
        half.replace(place)
    made: Made = pickle.loads(place.read_bytes())
    return made
