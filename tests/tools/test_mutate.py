"""Slips in the real manual, one at a time: the check finds each where it is."""

from itertools import islice
from pathlib import Path

import pytest

from qms_docs.edges.git import Repository
from tools.mutate.judging import HERE, NOWHERE, Judge
from tools.mutate.slips import slips

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(Repository.open(ROOT).work_tree())


def test_slips_in_the_manual_are_found_where_they_are(judge: Judge) -> None:
    outcomes = list(judge.outcomes(20, seed=3))
    missed = [each for each in outcomes if each.where == NOWHERE and not each.reason]
    assert missed == []
    assert sum(each.where == HERE for each in outcomes) >= 18


def test_the_same_seed_makes_the_same_slips(judge: Judge) -> None:
    documents = {path: data for path, data in judge.files.items() if path.startswith("procedures/")}
    first, again = (list(islice(slips(documents, 5), 30)) for _ in range(2))
    assert first == again
    assert first != list(islice(slips(documents, 6), 30))


def test_a_slip_changes_one_line_and_says_which(judge: Judge) -> None:
    documents = {path: data for path, data in judge.files.items() if path.startswith("procedures/")}
    for slip in islice(slips(documents, 1), 50):
        old = documents[slip.path].decode().split("\n")
        new = slip.data.decode().split("\n")
        assert old[slip.line - 1] == slip.before
        assert old[: slip.line - 1] == new[: slip.line - 1]
        assert len(new) == len(old) - (not slip.after)
