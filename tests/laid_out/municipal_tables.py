"""Small tables in the layouts of real ones. Every number in them is invented.

The layouts of StatLine's own CSV without symbols, of version 3 and of version 4 were seen in files
that others keep in public; that of the CSV with symbols was only read about: it has a point where
the other has nothing.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

CLIENTS = "Wmo-cliënten (aantal)"
PER_THOUSAND = "Wmo-cliënten per 1 000 inwoners (per 1 000 inwoners)"
TYPE = "Type maatwerkvoorziening"
Rows = Iterable[tuple[object, ...]]

# of a fictional province: counts in fives, whole numbers per 1,000, a point for what is unknown
WMO: list[tuple[object, ...]] = [
    ("Totaal", "Nederland", "1e halfjaar 2025*", 1_100_005, 62),
    ("Totaal", "Tilburg", "1e halfjaar 2025*", 12_345, 54),
    ("Totaal", "'s-Hertogenbosch", "1e halfjaar 2025*", 6_780, 43),
    ("Totaal", "Bergen (L.)", "1e halfjaar 2025*", 865, 66),
    ("Totaal", "Bergen (NH.)", "1e halfjaar 2025*", 1_015, 34),
    ("Totaal", "Súdwest-Fryslân", "1e halfjaar 2025*", 5_230, 58),
    ("Totaal", "Aalburg", "1e halfjaar 2025*", ".", "."),
    ("Totaal", "Almere", "1e halfjaar 2025*", ".", "."),
    ("Beschermd wonen", "Tilburg", "1e halfjaar 2025*", 5, 0),
    ("Beschermd wonen", "Bergen (L.)", "1e halfjaar 2025*", 0, 0),
    ("Beschermd wonen", "Almere", "1e halfjaar 2025*", 240, 1),
    ("Totaal", "Tilburg", "2e halfjaar 2024*", 12_100, 53),
]


def statline(
    path: Path, rows: Rows = WMO, heads: Iterable[str] = (), symbols: bool = True,
    encoding: str = "utf-8-sig",
) -> Path:  # fmt: skip
    """A CSV of StatLine: words in quotes, numbers without, decimals with a comma."""
    heads = tuple(heads) or (TYPE, "Regio's", "Perioden", CLIENTS, PER_THOUSAND)
    lines = [";".join(f'"{head}"' for head in heads)]
    lines += [";".join(_cell(part, symbols) for part in row) for row in rows]
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def _cell(part: object, symbols: bool) -> str:
    if part == ".":
        return '"."' if symbols else ""
    if isinstance(part, int | float):
        return f"{part}".replace(".", ",")
    return f'"{part}"'


def version_3(
    path: Path, rows: Rows, measures: Iterable[str], dimensions: Iterable[str] = ("RegioS",
                                                                                "Perioden"),
) -> Path:  # fmt: skip
    """The untyped data set of version 3: all in quotes, blanks in front of numbers and behind
    codes, decimals with a point."""
    heads = ["ID", *dimensions, *measures]
    count = len(list(dimensions))
    lines = [";".join(f'"{head}"' for head in heads)]
    for number, row in enumerate(rows):
        codes = [f'"{code!s:<10}"' for code in row[:count]]
        lines.append(";".join([f'"{number}"', *codes, *(f'"{one!s:>8}"' for one in row[count:])]))
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-8-sig"))
    return path


def version_3_files() -> dict[str, str]:
    """A table as the clients for R and Python save it: commas, blanks behind codes, no decimals in
    counts that are in thousands; and beside it the columns, areas, periods and the table."""
    return {
        "data.csv": _joined([
            '"ID","RegioS","Perioden","Inwoners_1","Bijstand_2","WerkEnInkomen_3"',
            '"0","GM0855    ","2023JJ00","     230","    12.5","       ."',
            '"1","GM0785    ","2023JJ00","      24","     8.1","       5"',
        ]),
        "DataProperties.csv": _joined([
            "odata.type,ID,Position,ParentID,Type,Key,Title,Description,Unit,Decimals",
            "Cbs.OData.GeoDimension,0,0.0,,GeoDimension,RegioS,Regio's,,,",
            "Cbs.OData.TimeDimension,1,1.0,,TimeDimension,Perioden,Perioden,,,",
            'Cbs.OData.Topic,2,2.0,,Topic,Inwoners_1,Inwoners,"Twee\nregels",x 1 000,0.0',
            "Cbs.OData.TopicGroup,3,,,TopicGroup,,Uitkeringen,,,",
            "Cbs.OData.Topic,4,3.0,3.0,Topic,Bijstand_2,Bijstand,,\"per 1 000 inwoners\",1.0",
            "Cbs.OData.Topic,5,4.0,3.0,Topic,WerkEnInkomen_3,\"Werk en inkomen\",,aantal,0.0",
        ]),
        "RegioS.csv": _joined(['"Key","Title"', '"GM0855    ","Tilburg"', '"GM0785    ","Goirle"']),
        "Perioden.csv": _joined(["Key,Title,Description,Status", "2023JJ00,2023,,Voorlopig"]),
        "TableInfos.csv": _joined(["ID,Title,Identifier", "0,\"Verzonnen; gemeenten\",99996NED"]),
    }  # fmt: skip


def version_4_files(
    observations: Rows, measures: Rows, areas: Rows, periods: Rows, identifier: str = "99999NED",
    title: str = "Verzonnen tabel; gemeenten",
) -> dict[str, str]:  # fmt: skip
    """The files of a version 4 download: measure, area, period and value of each observation;
    key, title and unit of measures; code and title of areas; code, title and status of periods."""
    lines = ["Id;Measure;RegioS;Perioden;Value;StringValue;ValueAttribute"]
    for number, (measure, area, when, value) in enumerate(observations):
        told = "" if value == "." else f"{value}".replace(".", ",")
        attribute = "Confidential" if value == "." else "None"
        lines.append(f"{number};{measure};{area};{when};{told};;{attribute}")
    head = "Identifier;DimensionGroupId;DimensionId;Index;Title;Description"
    area_lines = [f'{code};GM;RegioS;{n};{name};"Ontstaan\nlang geleden"'
                  for n, (code, name) in enumerate(areas)]  # fmt: skip
    period_lines = [f"{code};0;Perioden;{n};{name};;{status}"
                    for n, (code, name, status) in enumerate(periods)]  # fmt: skip
    measure_lines = [f"{key};;{n};{name};;Double;{unit};0;Absolute"
                     for n, (key, name, unit) in enumerate(measures)]  # fmt: skip
    measure_head = (
        "Identifier;MeasureGroupId;Index;Title;Description;DataType;Unit;Decimals;PresentationType"
    )
    return {
        "Observations.csv": _joined(lines),
        "RegioSCodes.csv": _joined([head, *area_lines]),
        "PeriodenCodes.csv": _joined([f"{head};Status", *period_lines]),
        "MeasureCodes.csv": _joined([measure_head, *measure_lines]),
        "Properties.csv": _joined(["Identifier;Title;Description", f'{identifier};"{title}";""']),
        "Dimensions.csv": _joined(["Identifier;Title", "RegioS;Regio’s", "Perioden;Perioden"]),
    }


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def in_folder(folder: Path, files: dict[str, str]) -> Path:
    """A download that was unpacked; the observations."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "Observations.csv"


def in_archive(path: Path, files: dict[str, str]) -> Path:
    """A download as it comes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


# youth care in the layout of version 4: two municipalities and what one of them merged from
YOUTH = version_4_files(
    [
        ("T1", "GM0855", "2023HJ02", 1_005), ("T1", "GM0855", "2024HJ01", 1_040),
        ("T1", "GM1982", "2024HJ01", 605), ("T1", "GM0370", "2024HJ01", "."),
        ("T1", "NL01", "2024HJ01", 250_000), ("T1", "GM0796", "2024HJ01", 780),
        ("T1", "GM0034", "2024HJ01", 1_220), ("T1", "GM0344", "2024HJ01", 1_515),
        ("P1", "GM0855", "2024HJ01", 10.5), ("P1", "GM1982", "2024HJ01", 9.8),
    ],
    [("T1", "Jongeren met jeugdhulp", "aantal"), ("P1", "Jongeren met jeugdhulp relatief", "%")],
    [("NL01", "Nederland"), ("GM0855", "Tilburg"), ("GM1982", "Land van Cuijk"),
     ("GM0370", "Beemster"), ("GM0796", "'s-Hertogenbosch"), ("GM0034", "Almere"),
     ("GM0344", "Utrecht (gemeente)")],
    [("2023HJ02", "2e halfjaar 2023", "Definitief"), ("2024HJ01", "1e halfjaar 2024", "Voorlopig")],
    "99998NED", "Jongeren met jeugdhulp; gemeenten (verzonnen)",
)  # fmt: skip
