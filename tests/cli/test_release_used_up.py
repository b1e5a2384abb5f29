"""A number that a release without effect has used up: the command says so and what to do."""

from tests.acting import Life
from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, MANAGER


def test_a_used_up_number_is_told_with_the_record_that_has_used_it(life: Life) -> None:
    stage = life.stage
    scenes.spoken(stage, approved="")
    broken = stage.release()
    stage.commit("Too early")
    stage.say(MANAGER, "approved")
    stage.commit("Late")
    answer = life.ask(CONTROLLER, "release", "CSC-QP-01")
    assert answer.code == 1
    told = f"Revision 1 of CSC-QP-01 was used up by the release {broken.digest[:12]}"
    assert told in answer.out
    assert "qms revise CSC-QP-01" in answer.out
    assert life.status() == []
