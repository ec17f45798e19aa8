"""The fingerprint of all that the rows of a portfolio rest on."""

from __future__ import annotations

import hashlib
import json

from sroi.inputs.portfolio.portfolio_file import LoadedPortfolio


def fingerprint(loaded: LoadedPortfolio, *more: object) -> str:
    """SHA-256 of the scenarios, of what each row fills in them, of what is drawn for each row by
    itself and of all prices with the layer over them; and of whatever else is given.

    What a budget or a title says is no part of it: no row becomes another one by that.
    """
    parts = {
        "scenarios": {one.id: one.document.written for one in loaded.programmes},
        "rows": [[row.programme, row.area, row.values] for row in loaded.rows],
        "own": loaded.portfolio.own,
        "library": loaded.library.files,
        "more": more,
    }
    text = json.dumps(parts, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
