"""The city that is shipped, asked once for all tests."""

from functools import cache

from sroi import shipped
from sroi.analysis.pilot.found import PilotEffect
from sroi.analysis.pilot.piloting import piloted
from sroi.inputs.pilot.pilot_file import load_pilot
from sroi.inputs.pilot.register import read_register

CITY = shipped.folder("scenarios") / "pilots" / "voorbeeldstad-naar-voren.yaml"


@cache
def shipped_city() -> PilotEffect:
    """What its register says."""
    described = load_pilot(CITY)
    return piloted(described, read_register(described))
