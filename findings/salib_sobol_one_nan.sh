#!/usr/bin/env bash
# One output that is no number turns every Sobol index of SALib into 0, without a warning.
#
# A model that divides (a ratio with nothing to divide by, say) can give NaN in one run of thousands.
# SALib 1.6.0 normalises outputs by their mean and standard deviation; both are NaN then, so is every
# index, and S1 and ST come back as 0.0 with an interval of 0.0: the answer of a model in which no
# input matters, and very sure of it. Nothing is raised and nothing is warned of.
# Seen with SALib 1.6.0. Source: SALib/analyze/sobol.py. The model here is the Ishigami function
# (Ishigami & Homma 1990), whose first indices are 0.31, 0.44 and 0.
# Who uses it: look at `numpy.isfinite(Y).all()` first.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check salib==1.6.0 >/dev/null 2>&1
"$work/venv/bin/python" -W always - <<'PY'
import warnings
import numpy as np
from SALib.analyze import sobol
from SALib.sample import sobol as sample
from SALib.test_functions import Ishigami

problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-np.pi, np.pi]] * 3}
outputs = Ishigami.evaluate(sample.sample(problem, 1024, seed=1))
before = sobol.analyze(problem, outputs, seed=1)["S1"]
outputs[7] = np.nan
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    after = sobol.analyze(problem, outputs, seed=1)
print("S1 with all numbers:", np.round(before, 2), "- with one NaN:", after["S1"], after["S1_conf"])
print("warnings:", [str(one.message) for one in said])
assert np.all(after["S1"] == 0) and np.all(after["ST"] == 0) and not said, "this has changed"
PY
