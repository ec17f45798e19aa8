#!/usr/bin/env bash
# SALib's PAWN does not see the "yes" of an input that happens or not.
#
# An enabling condition (does the partner move along?) is 0 or 1. Here it decides everything: the
# output is the input. Knowing it takes all spread away in both groups, so the distance between the
# conditional and the whole distribution is P(no) where it is yes and P(yes) where it is no. With 30 %
# yes a mean weighted by size is 2 * 0.3 * 0.7 = 0.42, and the largest distance is 0.70.
# SALib 1.6.0 cuts the input at its quantiles into slices that hold their lower edge and not their
# upper one. All edges are 0 or 1 here, so the only slice that is not empty is [0, 1): that of "no".
# So `maximum` is 0.30 and 0.70 never appears, and `mean` is 0.30 too; empty slices are left out
# without a word.
# Seen with SALib 1.6.0. Source: SALib/analyze/pawn.py, the comparison with `>= low` and `< high`;
# the method is Pianosi & Wagener (2018), Environmental Modelling & Software 108.
# Who uses it for such inputs: give each value its own group and compare distributions directly.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check salib==1.6.0 >/dev/null 2>&1
"$work/venv/bin/python" - <<'PY'
import numpy as np
from SALib.analyze import pawn

happens = (np.arange(1000) < 300).astype(float)
problem = {"num_vars": 1, "names": ["partner moves along"], "bounds": [[0, 1]]}
found = pawn.analyze(problem, happens[:, None], happens, S=10, seed=1)
largest, mean = float(found["maximum"][0]), float(found["mean"][0])
print(f"maximum {largest:.2f}, mean {mean:.2f}; a comparison of both groups has 0.70 and 0.42")
assert abs(largest - 0.30) < 1e-9 and abs(mean - 0.30) < 1e-9, "this has changed"
PY
