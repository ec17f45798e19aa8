"""How much longer a report of a scenario with twenty variants takes than one without, and a
comparison of the twenty.

    python benchmarks/variants.py [OUTCOMES...]

The scenario for older people with so many outcomes (30 and 200), twelve pairs that move together,
and variants of one changed number each. Ratios of processor time of all processes, measured one
after the other RUNS times. Nothing here fails when it is slow.
"""

from __future__ import annotations

import copy
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from measured import say
from report import spent

from sroi import shipped

RUNS = 3
VARIANTS, PAIRS = 20, 12
OUTCOMES = (30, 200)
AIM = 1.5
SCENARIO = shipped.folder("scenarios") / "voorbeeldstad-ouderen.yaml"
LEFT_OUT = ("theory_of_change", "canvas", "experience", "elements", "monitoring")


def main() -> None:
    """For each number of outcomes: report with ÷ without, and comparison ÷ report without."""
    for count in map(int, sys.argv[1:] or OUTCOMES):
        with tempfile.TemporaryDirectory() as folder:
            bare, varied = (written(Path(folder), count, n) for n in (0, VARIANTS))
            target = f"{folder}/x.pdf"
            ratios = []
            for _ in range(RUNS):
                without = timed("report", str(bare), "-o", target)
                with_ = timed("report", str(varied), "-o", target)
                beside = timed("compare", str(varied), "--variants", "--json")
                ratios.append((with_ / without, beside / without))
        report, compare = (sorted(one) for one in zip(*ratios, strict=True))
        say(f"{count} outcomes: report with {VARIANTS} variants ÷ without", shown(report))
        say(f"{count} outcomes: comparison of them ÷ report without", shown(compare))


def shown(ratios: list[float]) -> str:
    """The middle one, the range, and the aim."""
    return f"{median(ratios):.2f} ({ratios[0]:.2f} - {ratios[-1]:.2f}), at most {AIM}"


def timed(*arguments: str) -> float:
    """Seconds of processor of one command and all of its processes."""
    before = spent()
    command = [sys.executable, "-m", "sroi", *arguments]
    subprocess.run(command, check=True, capture_output=True)
    return spent() - before


def written(folder: Path, count: int, variants: int) -> Path:
    """The scenario as a file."""
    data = yaml.load(SCENARIO.read_text("utf-8"), yaml.BaseLoader)
    for key in LEFT_OUT:
        data.pop(key, None)
    made = [copy.deepcopy(data["outcomes"][n % len(data["outcomes"])]) for n in range(count)]
    for number, one in enumerate(made):
        one |= {"id": f"{one['id'][:40]}-{number}", "overlap": f"groep-{number}"}
        one.setdefault("because", "Voorbeeld.")
    ranged = [one for one in made if isinstance(one["rate"], dict) and "high" in one["rate"]]
    data |= {"outcomes": made, "correlations": pairs(ranged), "variants": {}}
    for number in range(variants):
        one = ranged[number % len(ranged)]
        path = f"outcomes.{one['id']}.rate.high"
        data["variants"][f"variant-{number}"] = {path: higher(str(one["rate"]["high"]))}
    path = folder / f"{count}-{variants}.yaml"
    text = yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return path


class Plain(yaml.SafeDumper):
    """Writes what is there twice in full, both times."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def pairs(ranged: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outcomes two by two."""
    paths = [f"outcomes.{one['id']}.rate" for one in ranged][: 2 * PAIRS]
    both = zip(paths[::2], paths[1::2], strict=False)
    return [{"of": list(two), "rho": "0.3", "because": "Voorbeeld."} for two in both]


def higher(size: str) -> str:
    """A tenth further from zero upwards, or nearer to it from below."""
    percent = "%" if size.endswith("%") else ""
    number = float(size.rstrip("%"))
    return f"{number * (1.1 if number > 0 else 0.9):.6f}{percent}"


if __name__ == "__main__":
    main()
