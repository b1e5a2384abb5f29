"""A released waiver says that a release without evidence does not matter in the procedure.

Nothing has to be guarded: the audit asks no waiver, and nor does what is in force.
"""

from tests.attacks.authority.waiver_for_oneself import WAIVERS
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-prepared", "QMS906 no-reviewed", "QMS906 no-approved", "QMS906 no-translated"]


def attack(stage: Stage) -> None:
    stage.write({"manual/waivers.yaml": WAIVERS.format(code="QMS906")})
    stage.commit("A waiver")
    stage.issued("waivers")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    """Tell whether the procedure is still not in force."""
    return stage.in_force() is None
