"""Where the folders that travel with the package are: in the checkout, or inside the wheel."""

from __future__ import annotations

from pathlib import Path

INSTALLED = Path(__file__).parent / "shipped"
CHECKOUT = Path(__file__).parent.parent


def packaged() -> bool:
    """Whether sroi was installed as a package: what is in it is replaced by the next version."""
    return INSTALLED.is_dir()


def folder(name: str) -> Path:
    """The folder `municipal`, `proxies`, `scenarios` or `templates`."""
    installed = INSTALLED / name
    return installed if installed.is_dir() else CHECKOUT / name
