"""Whatever the bytes of a file: a table, or a problem that says what is wrong."""

import io
import random
import zipfile

import municipal_tables as tables
import pytest

from sroi.inputs.municipal_data.asked import Asked
from sroi.inputs.municipal_data.opened import table_of
from sroi.inputs.municipal_data.overview import overview
from sroi.inputs.municipal_data.taken import taken
from sroi.problems import Unusable

PIECES = [b";", b"\n", b'"', b",", b"\xff", b"*", b".", b"(", b"GM0855", b"2024JJ00", b"\r", b"=",
          b"-1", b"1e9", b"\xe2\x80\xae", b"_1", b"PK\x03\x04", b"Observations.csv"]  # fmt: skip


def originals(folder) -> dict[str, bytes]:
    rows = [("GM0855", "2024JJ00", 5), ("GM0796", "2023JJ00", ".")]
    made = {
        "statline": tables.statline(folder / "a.csv"),
        "version-3": tables.version_3(folder / "b.csv", rows, ["Clienten_1"]),
        "version-4": tables.in_archive(folder / "c.zip", tables.YOUTH),
    }
    own = b"gemeente;jaar;mensen\nTilburg;2024;1515\nGoirle;2024;.\n"
    return {name: path.read_bytes() for name, path in made.items()} | {"own": own}


def changed(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some taken out, put in or repeated."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(made) + 1)
        kind = chance.randrange(3)
        if kind == 0:
            del made[at : at + chance.randint(1, 30)]
        elif kind == 1:
            made[at:at] = chance.choice(PIECES)
        else:
            made[at:at] = made[at : at + 60] * chance.randint(1, 3)
    return bytes(made)


def changed_inside(content: bytes, chance: random.Random) -> bytes:
    """An archive that can be opened, with one of its tables changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as again:
        hit = chance.choice(archive.namelist())
        for name in archive.namelist():
            part = archive.read(name)
            again.writestr(name, changed(part, chance) if name == hit else part)
    return made.getvalue()


def codes_and_read(path, content: bytes, change, chance: random.Random) -> tuple[set[str], int]:
    codes, read = set(), 0
    for _ in range(150):
        path.write_bytes(change(content, chance))
        try:
            found = overview(table_of(path))
            read += 1
            taken(found, "Tilburg", Asked(next(iter(found.measures), ""), "2024"))
        except Unusable as refused:
            codes |= {problem.code for problem in refused.problems}
    return codes, read


@pytest.mark.parametrize("layout", ["statline", "version-3", "version-4", "own"])
def test_only_problems(tmp_path, layout):
    content, chance = originals(tmp_path)[layout], random.Random(layout)
    inside = changed_inside if layout == "version-4" else changed
    codes, read = codes_and_read(tmp_path / "table.csv", content, inside, chance)
    assert read > 5
    assert codes
    assert all(code.startswith(("data-", "file-")) for code in codes), codes


def test_a_damaged_archive(tmp_path):
    content, chance = originals(tmp_path)["version-4"], random.Random("archive")
    codes, _ = codes_and_read(tmp_path / "table.zip", content, changed, chance)
    assert codes
    assert all(code.startswith(("data-", "file-")) for code in codes), codes
