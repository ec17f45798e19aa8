"""Each layout is recognised by what stands in it, whatever its file is called."""

import municipal_tables as tables
import openpyxl
import pytest

from sroi.inputs.municipal_data.asked import Asked
from sroi.inputs.municipal_data.opened import table_of
from sroi.inputs.municipal_data.overview import overview
from sroi.inputs.municipal_data.taken import taken
from sroi.problems import Unusable


@pytest.mark.parametrize("name", ["download.csv", "zonder naam", "cijfers.txt"])
@pytest.mark.parametrize("symbols", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_statline(tmp_path, name, symbols, encoding):
    path = tables.statline(tmp_path / name, symbols=symbols, encoding=encoding)
    found = overview(table_of(path))
    assert found.table.layout == "statline"
    assert found.levels() == {"NL": 1, "GM": 7}
    assert [one.text for one in found.periods.values()] == ["1e halfjaar 2025", "2e halfjaar 2024"]
    assert {found.status(one) for one in found.periods} == {"provisional"}
    cells = found.measures[tables.CLIENTS]
    assert (cells.all, cells.unknown, cells.words, found.step(tables.CLIENTS)) == (12, 2, 0, 5)
    column = found.table.measure(tables.PER_THOUSAND)
    assert (column.title, column.unit) == ("Wmo-cliënten per 1 000 inwoners", "per 1 000 inwoners")


@pytest.mark.parametrize("how", ["folder", "file", "archive"])
def test_version_3_with_the_files_that_a_client_saves_beside_it(tmp_path, how):
    """Titles, units, names and status; a group's number may be written `3.0`."""
    files = tables.version_3_files()
    tables.in_folder(tmp_path, files)
    path = {"folder": tmp_path, "file": tmp_path / "data.csv"}.get(how)
    found = overview(table_of(path or tables.in_archive(tmp_path / "a.zip", files)))
    table = found.table
    assert (table.layout, table.identifier, table.title, table.named_by_file) == (
        "open-data-3", "99996NED", "Verzonnen; gemeenten", False,
    )  # fmt: skip
    assert [(one.title, one.unit) for one in table.measures] == [
        ("Inwoners", "x 1 000"), ("Uitkeringen/Bijstand", "per 1 000 inwoners"),
        ("Uitkeringen/Werk en inkomen", "aantal"),
    ]  # fmt: skip
    assert [area.told for area in found.areas] == ["Tilburg (GM0855)", "Goirle (GM0785)"]
    assert found.status("2023JJ00") == "provisional"
    one = taken(found, "Tilburg", Asked("Inwoners", "2023"))
    assert one.band.best == 230_000


def test_version_3_with_blanks_behind_its_codes(tmp_path):
    rows = [("GM0855", "2024HJ01", 12345, 54.2), ("GM0796", "2024HJ01", ".", "."),
            ("NL01", "2024HJ01", 99999, 60.1)]  # fmt: skip
    path = tables.version_3(tmp_path / "99997NED_UntypedDataSet_19112026_101500.csv", rows,
                            ["WmoClienten_1", "Relatief_2"])  # fmt: skip
    found = overview(table_of(path))
    assert (found.table.layout, found.table.identifier) == ("open-data-3", "99997NED")
    assert [area.told for area in found.areas] == [
        "Tilburg (GM0855)", "'s-Hertogenbosch (GM0796)", "NL01",
    ]  # fmt: skip
    assert found.measures["Relatief_2"].unknown == 1
    assert found.step("Relatief_2") == 0.1


@pytest.mark.parametrize("packed", [True, False])
def test_version_4_with_its_code_files(tmp_path, packed):
    path = (tables.in_archive(tmp_path / "a.zip", tables.YOUTH) if packed
            else tables.in_folder(tmp_path, tables.YOUTH))  # fmt: skip
    found = overview(table_of(path))
    table = found.table
    assert (table.layout, table.identifier) == ("open-data-4", "99998NED")
    assert table.title == "Jongeren met jeugdhulp; gemeenten (verzonnen)"
    assert [column.title for column in found.measure_columns()] == [
        "Jongeren met jeugdhulp", "Jongeren met jeugdhulp relatief",
    ]  # fmt: skip
    assert found.status("2024HJ01") == "provisional"
    assert found.measures["T1"].unknown == 1
    assert [area.told for area in found.ended()] == ["Beemster (GM0370)"]
    assert table.problems == ()


def test_observations_without_their_code_files_are_said_to_be(tmp_path):
    path = tables.in_folder(tmp_path, {"Observations.csv": tables.YOUTH["Observations.csv"]})
    found = overview(table_of(path))
    assert [problem.code for problem in found.table.problems] == ["data-codes-missing"]
    assert list(found.measures) == ["T1", "P1"]


def test_a_heading_opens_no_file_elsewhere(tmp_path):
    """A dimension that is called like a path names no file, and a link is not followed."""
    (tmp_path / "elders").mkdir()
    (tmp_path / "elders" / "GeheimCodes.csv").write_text("Identifier;Title\nA;geheim\n")
    (tmp_path / "LinkCodes.csv").symlink_to(tmp_path / "elders" / "GeheimCodes.csv")
    path = tmp_path / "Observations.csv"
    path.write_text("Measure;RegioS;../elders/Geheim;elders/Geheim;Link;Value\nT;GM0855;A;A;A;5\n")
    assert not any(table_of(path).titles.values())


def test_measures_in_groups_are_called_by_both(tmp_path):
    files = dict(tables.YOUTH)
    files["MeasureCodes.csv"] = (
        "Identifier;MeasureGroupId;Index;Title;Description;DataType;Unit\n"
        "T1;2;1;Totaal;;Double;aantal\nP1;;2;Relatief;;Double;%\n"
    )
    files["MeasureGroups.csv"] = "Id;Index;Title;Description;ParentId\n1;1;Jeugd;;\n2;2;Hulp;;1\n"
    found = overview(table_of(tables.in_folder(tmp_path, files)))
    assert found.table.measure("T1").title == "Jeugd/Hulp/Totaal"


@pytest.mark.parametrize(
    "text",
    ["gemeente;code;jaar;cliënten;wijkteam\nTilburg;GM0855;2024;1234;ja\nGoirle;GM0785;2024;56;nee\n",
     "Code,Gemeente,Jaar,Cliënten,Wijkteam\nGM0855,Tilburg,2024,1234,ja\nGM0785,Goirle,2024,.,nee\n",
     "waar\tjaar\tcliënten\tteam\nTilburg\t2024\t1234\tja\nGoirle\t2024\t56\tnee\n"],
)  # fmt: skip
def test_a_table_of_ones_own(tmp_path, text):
    (path := tmp_path / "onze cijfers.csv").write_text(text, encoding="utf-8")
    found = overview(table_of(path))
    assert found.table.layout == "own"
    assert [area.told for area in found.areas] == ["Tilburg (GM0855)", "Goirle (GM0785)"]
    assert [column.title.casefold() for column in found.measure_columns()] == ["cliënten"]
    assert [one.year for one in found.periods.values()] == [2024]


def test_a_workbook_of_ones_own(tmp_path):
    book = openpyxl.Workbook()
    for row in [("gemeente", "cliënten"), ("Voorbeeldstad", 1515), ("Voorbeelddorp", 0.5)]:
        book.active.append(row)
    book.save(tmp_path / "cijfers.xlsx")
    found = overview(table_of(tmp_path / "cijfers.xlsx"))
    assert [area.name for area in found.areas] == ["Voorbeeldstad", "Voorbeelddorp"]
    assert found.table.style == "point"


@pytest.mark.parametrize(
    ("text", "code"),
    [("naam;leeftijd\nA;12\n", "data-unrecognised"), ("gemeente;soort\nA;b\n", "data-unrecognised"),
     ("Wmo-cliënten in 2024\ngemeente;aantal\nA;5\n", "data-laid-out"), ("", "data-empty")],
)  # fmt: skip
def test_what_is_no_such_table_is_told(tmp_path, text, code):
    (path := tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Unusable) as refused:
        table_of(path)
    assert refused.value.problems[0].code == code


def test_neighbourhoods_of_one_name_are_seen(tmp_path):
    heads = ("Wijken en buurten", "Codering (code)", "Perioden", "Inwoners (aantal)")
    rows = [("Wijk 01 Centrum", "WK085501  ", "2024", 905), ("Wijk 01 Centrum", "WK079601  ",
            "2024", 1405)]  # fmt: skip
    found = overview(table_of(tables.statline(tmp_path / "a.csv", rows, heads)))
    assert [area.code for area in found.areas] == ["WK085501", "WK079601"]
    assert list(found.namesakes().values()) == [2]


def test_a_table_may_be_large_but_not_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr("sroi.inputs.municipal_data.overview.MOST_AREAS", 3)
    with pytest.raises(Unusable) as refused:
        overview(table_of(tables.statline(tmp_path / "a.csv")))
    assert refused.value.problems[0].code == "data-too-large"
