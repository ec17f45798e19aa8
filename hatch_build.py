"""Notes in a wheel which commit it was built from, so that a report made with it can say so."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Commit(BuildHookInterface):
    """A file beside the shipped folders; none where the source has no history."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the wheel is packed. Of an editable installation the checkout itself is asked."""
        if version == "editable" or not (Path(self.root) / ".git").exists():
            return
        asked = ["git", "describe", "--always", "--dirty", "--abbrev=9", "--exclude=*"]
        told = subprocess.run(asked, cwd=self.root, capture_output=True, text=True, check=True)
        note = Path(self.directory) / "commit.txt"
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(told.stdout, encoding="ascii")
        build_data["force_include"][str(note)] = "sroi/shipped/commit.txt"
