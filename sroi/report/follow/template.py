"""A table to fill in what happened: the rows that a contract has for every quarter, left open."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sroi.inputs.files.scenario_file import Loaded
from sroi.inputs.follow.columns import ABOUT, COLUMNS, WORDS
from sroi.inputs.follow.subjects import Subject, subjects
from sroi.report.files import files
from sroi.report.files.csv_files import never_run
from sroi.report.words.words import LANGUAGES, Words

KNOWN = {"volume": "counted", "cost": "booked", "people": "counted"}
KINDS = (".xlsx", ".csv", ".yaml", ".yml")
WIDTHS = {"what": 44, "source": 28, "note": 44}
Row = dict[str, str]


def write_template(path: Path, loaded: Loaded, lang: str) -> None:
    """Write the table, by the name of the file. Raises `Unusable` where one stands there."""
    files.ready(path, *KINDS)
    files.free(path)
    made: dict[str, Callable[[Loaded, str], bytes | str]] = {".xlsx": _workbook, ".csv": _csv}
    files.write(path, made.get(path.suffix.lower(), _yaml)(loaded, lang))


def rows_of(loaded: Loaded, lang: str) -> Iterator[Row]:
    """A row for every quarter of the first year, of every volume, cost and tier; and one for each
    effect, of which nothing has to be measured."""
    words, scenario = Words(lang), loaded.scenario
    found = dict.fromkeys(subjects(scenario, loaded.library).values())
    year = scenario.basis.first_year
    for one in found:
        if one.kind in KNOWN:
            for payer in _payers(loaded, one):
                for quarter in (1, 2, 3, 4):
                    yield {"period": f"{year}-Q{quarter}", "what": one.path, "payer": payer,
                           "known": KNOWN[one.kind]}  # fmt: skip
    for one in found:
        if one.kind == "effect" and one.path.endswith((".rate", "hazard_ratio_up", "ratio_down")):
            note = words("follow_template.measured")
            yield {"period": str(year), "what": one.path, "known": "measured", "note": note}


def _payers(loaded: Loaded, one: Subject) -> list[str]:
    """Who books a cost; nobody of anything else."""
    if one.kind != "cost":
        return [""]
    line = next(line for line in loaded.scenario.investment if line.id == one.line)
    return [payer for payer, share in line.shares.items() if share]


def _about(loaded: Loaded) -> Row:
    year = loaded.scenario.basis.first_year
    return {"scenario": loaded.scenario.scenario, "fingerprint": loaded.inputs_sha256,
            "until": f"{year}-Q4"}  # fmt: skip


def _cells(loaded: Loaded, lang: str) -> Iterator[list[str]]:
    """The table as rows of cells, its names and words in a language."""
    at = LANGUAGES.index(lang)
    for key, value in _about(loaded).items():
        yield [ABOUT[key][at], value]
    yield [names[at] for names in COLUMNS.values()]
    for row in rows_of(loaded, lang):
        told = {key: WORDS[key][value][at] if key in WORDS else value for key, value in row.items()}
        yield [told.get(key, "") for key in COLUMNS]


def _csv(loaded: Loaded, lang: str) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";" if lang == "nl" else ",", lineterminator="\r\n")
    for row in _cells(loaded, lang):
        writer.writerow([never_run(cell) for cell in row])
    return "\ufeff" + stream.getvalue()


def _workbook(loaded: Loaded, lang: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = Words(lang)("follow_template.sheet")
    heads = len(_about(loaded)) + 1
    for number, row in enumerate(_cells(loaded, lang), 1):
        sheet.append([never_run(cell) or None for cell in row])
        for cell in sheet[number] if number <= heads else ():
            cell.font = Font(bold=True)
    for cell in sheet[heads]:
        cell.fill = PatternFill("solid", fgColor="CFD8DD")
    for number, key in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(key, 14)
    sheet.freeze_panes = f"A{heads + 1}"
    _choices(sheet, heads, lang)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _choices(sheet: Any, heads: int, lang: str) -> None:
    """What may stand in a column of words, to choose from."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    at = LANGUAGES.index(lang)
    for number, key in enumerate(COLUMNS, 1):
        if key in WORDS:
            told = ",".join(names[at] for names in WORDS[key].values())
            choice = DataValidation("list", formula1=f'"{told}"', allow_blank=True)
            letter = get_column_letter(number)
            choice.add(f"{letter}{heads + 1}:{letter}{heads + 2000}")
            sheet.add_data_validation(choice)


def _yaml(loaded: Loaded, lang: str) -> str:
    """The rows are notes until somebody fills them in: what is not there is not known."""
    head = [f"# {line}" for line in Words(lang)("follow_template.yaml").strip().split("\n")]
    about = [f"{key}: {value}" for key, value in _about(loaded).items()]
    rows = [f"#  - {{{_flow(row)}}}" for row in rows_of(loaded, lang)]
    return "\n".join([*head, "", *about, "rows:", *rows, ""])


def _flow(row: Row) -> str:
    """A row on one line, with room for the amount and the source."""
    told = {key: value for key, value in row.items() if value and key != "note"}
    return ", ".join([*(f"{key}: {value}" for key, value in told.items()), "amount: , source: "])
