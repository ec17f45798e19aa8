"""The formulas in LibreOffice, which knows nothing of sroi."""

import pytest
from changed_cells import changed, made, some_changes
from libreoffice import THERE, WITHOUT, column, computed, without_values

from sroi import shipped

COHORTS = {"heupprothese", "hiv-combinatietherapie", "sick-sicker", "sick-sicker-vier-armen"}
SCENARIOS = [p for p in sorted(shipped.folder("scenarios").glob("*.yaml")) if p.stem not in COHORTS]
NEAR = 1e-9


@pytest.mark.slow
@pytest.mark.skipif(THERE is None, reason=WITHOUT)
def test_libreoffice_comes_to_what_sroi_computes(tmp_path):
    """With the stored values taken out, as they are and after a change of cells. Twenty changes of
    each are in `benchmarks/calculation.py`."""
    files, ones = {}, {}
    for path in SCENARIOS:
        one = made(path)
        places = {cell.path: (cell.sheet, cell.place) for cell in one.yellow}
        for number, changes in enumerate(({}, some_changes(one, 11))):
            name = f"{path.stem}-{number}"
            cells = {places[key]: value for key, value in changes.items()}
            files[name] = without_values(one.file, cells)
            ones[name] = (one, changes)
    for name, book in computed(files, tmp_path).items():
        one, changes = ones[name]
        ours = column(book, one.control, 3)
        for key, value in changed(one, changes).items():
            if value is None:
                assert ours[key] in ("", None), (name, key)
            else:
                assert ours[key] == pytest.approx(value, rel=NEAR, abs=NEAR), (name, key)
