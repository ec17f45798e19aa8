"""The sheet of what happened: workbook and CSV, in Dutch and in English."""

import io
import zipfile

import openpyxl
import pytest

from sroi.inputs.follow.actual_table import actual_document
from sroi.problems import Unusable

ABOUT = [["scenario", "klein-contract"], ["tot en met", "2024-Q4"]]
DUTCH = ["periode", "wat", "hoeveel", "laag", "hoog", "hoe bekend", "correctie", "bron"]
ENGLISH = ["period", "what", "amount", "low", "high", "known", "correction", "source"]


def book(*rows, percent=()):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for address in percent:
        made.active[address].number_format = "0%"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.fixture
def data(tmp_path):
    """The tree of a table with these rows under these headings."""

    def read(heads, *rows, percent=(), name="t.xlsx"):
        path = tmp_path / name
        if name.endswith(".csv"):
            lines = [";".join(map(str, row)) for row in (*ABOUT, heads, *rows)]
            path.write_text("\n".join(lines), "utf-8")
        else:
            path.write_bytes(book(*ABOUT, heads, *rows, percent=percent))
        return actual_document(path).data

    return read


@pytest.mark.parametrize(
    ("heads", "known", "yes"), [(DUTCH, "geteld", "ja"), (ENGLISH, "counted", "yes")]
)
def test_both_languages_say_the_same(data, heads, known, yes):
    row = ["2024-Q1", "bezoek", 25.0, None, None, known, yes, "registratie"]
    found = data(heads, row)
    assert found["scenario"] == "klein-contract"
    assert found["until"] == "2024-Q4"
    assert found["rows"] == [
        {"period": "2024-Q1", "what": "bezoek", "amount": "25", "known": "counted",
         "correction": "true", "source": "registratie"}
    ]  # fmt: skip


def test_a_year_in_a_number_cell(data):
    assert data(DUTCH, [2024, "bezoek", 25, None, None, "geteld", None, "x"])["rows"][0] == {
        "period": "2024", "what": "bezoek", "amount": "25", "known": "counted", "source": "x",
    }  # fmt: skip


def test_a_row_without_an_amount_is_still_open(data):
    """What nobody filled in is unknown, and not zero."""
    rows = [["2024-Q1", "bezoek", "", "", "", "geteld", "", ""],
            ["2024-Q2", "bezoek", 0, "", "", "geteld", "", "x"]]  # fmt: skip
    for name in ("t.csv", "t.xlsx"):
        found = data(DUTCH, *rows, name=name)["rows"]
        assert [row["period"] for row in found] == ["2024-Q2"]


def test_a_percent_cell_is_the_number_that_is_seen(data):
    row = [2024, "minder-hulp", 0.3, 0.2, 0.4, "gemeten", None, "x"]
    found = data(DUTCH, row, percent=("C4", "D4", "E4"))["rows"][0]
    assert [float(found[key]) for key in ("amount", "low", "high")] == [0.3, 0.2, 0.4]


def test_a_decimal_comma_is_read_where_it_can_mean_one_thing(data):
    row = ["2024", "team", "1.234,50", "", "", "geboekt", "", "x"]
    assert float(data(DUTCH, row, name="t.csv")["rows"][0]["amount"]) == 1234.5


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("t.xlsx", b"PK no workbook", "follow-table-unreadable"),
     ("t.csv", b"periode;wat\n" * 7000, "follow-table-too-large"),
     ("t.ods", b"", "follow-table-kind"),
     ("t.csv", b"a;b\n1;2\n", "follow-headings-missing")],
)  # fmt: skip
def test_what_cannot_be_read(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unusable, match=code):
        actual_document(tmp_path / name)


def test_a_workbook_that_does_something_is_refused(tmp_path):
    stream = io.BytesIO(book(*ABOUT, DUTCH))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", "macros")
    (tmp_path / "t.xlsx").write_bytes(stream.getvalue())
    with pytest.raises(Unusable, match="follow-table-active"):
        actual_document(tmp_path / "t.xlsx")
