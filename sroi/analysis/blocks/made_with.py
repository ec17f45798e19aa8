"""What a number rests on besides the inputs, to its last bit: this code, and the packages that
reckon for it."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version

from sroi import shipped
from sroi.version import build

RECKON = ("numpy", "scipy")


@cache
def made_with() -> str:
    """`sroi 0.1.0+gf32f0b2ab, Python 3.11, numpy 2.4.6, scipy 1.17.1`; of a checkout in which files
    were changed since, also a fingerprint of its code."""
    own = build()
    if own.endswith(".dirty"):
        own = f"{own}.{_code()}"
    python = ".".join(platform.python_version_tuple()[:2])
    return ", ".join((f"sroi {own}", f"Python {python}", *(f"{n} {version(n)}" for n in RECKON)))


def _code() -> str:
    digest = hashlib.sha256()
    for path in sorted((shipped.CHECKOUT / "sroi").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
