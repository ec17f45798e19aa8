"""The one script of the web page, and its fingerprint: the page allows this script and no other."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache

from sroi import shipped


@dataclass(frozen=True)
class Script:
    """A script as it stands between its tags."""

    text: str

    @property
    def fingerprint(self) -> str:
        """Of these very bytes, as a security policy names them."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return f"sha256-{base64.b64encode(digest).decode()}"


@lru_cache(maxsize=1)
def script() -> Script:
    """The script of the report."""
    return Script((shipped.folder("templates") / "report.js").read_text(encoding="utf-8"))
