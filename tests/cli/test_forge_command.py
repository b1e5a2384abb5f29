"""`qms forge`: a file with a pull request and its reviews in, evidence that counts out."""

import json
from pathlib import Path

import pytest

from qms_docs.cli import deciding
from qms_docs.text import records
from qms_docs.words.errors import QmsError
from tests.acting import Life
from tests.attacks import reviewing
from tests.attacks.stage import CONTROLLER, DOCUMENT, MANAGER, QUALITY, begun
from tests.forge.server import TOKEN, Answer, running
from tests.outer import Repo


@pytest.fixture
def life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    """Return a manual whose authority counts pull requests, with one open on the branch topic."""
    folder, home = tmp_path / "manual", tmp_path / "people"
    folder.mkdir()
    home.mkdir()
    stage = begun(folder, reviewing.before)
    monkeypatch.setattr(deciding, "now", lambda: stage.now)
    reviewing.topic(stage)
    return Life(stage, Repo(folder.resolve(), home))


def event(life: Life, *who: str) -> Path:
    """Write the file that tells of the reviews, and bring the branch to main."""
    clicks = [reviewing.review(life.stage, each) for each in who]
    file = life.repo.home / "event.json"
    file.write_bytes(reviewing.event(life.stage, *clicks))
    return file


def test_reviews_become_approvals_and_the_text_is_released(life: Life) -> None:
    file = event(life, QUALITY, MANAGER)
    reviewing.landed(life.stage)
    answer = life.ask(CONTROLLER, "forge", "import", "--event", str(file))
    assert answer.code == 0
    assert "Reviews of pull request 7" in answer.out
    (path,) = (line.split()[-1] for line in life.status())
    assert path.startswith("records/reviews/")
    life.stage.commit("Reviews")
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 0
    life.stage.commit("Release")
    assert life.stage.found() == []
    assert life.stage.in_force() == 1
    assert life.repo.ask("show", DOCUMENT).out.count("approved by pull request") == 2
    for approval in life.stage.ledger().issues[DOCUMENT][0].approvals:
        path = records.evidence_path(approval.record, approval.grade)
        assert (life.stage.root / path).is_file()  # where a PDF that carries records takes it from


def test_a_record_holds_no_address_no_name_and_no_remark(life: Life) -> None:
    file = event(life, QUALITY)
    life.ask(CONTROLLER, "forge", "import", "--event", str(file))
    (path,) = (line.split()[-1] for line in life.status())
    body = json.loads(life.stage.read(path))["body"]
    (review,) = body["reviews"]
    assert (body["repository"], body["number"], body["opener"]) == (reviewing.REPOSITORY, 7, 14)
    assert (review["account"], review["state"]) == (12, "approved")
    assert [each["id"] for each in review["subjects"]] == [DOCUMENT]
    assert "@" not in json.dumps(body)
    assert "login" not in json.dumps(body)


@pytest.mark.parametrize("is_committed", [False, True])
def test_to_import_the_same_again_adds_nothing(life: Life, is_committed: bool) -> None:
    file = event(life, QUALITY, MANAGER)
    life.ask(CONTROLLER, "forge", "import", "--event", str(file))
    if is_committed:
        life.stage.commit("Reviews")
    before = life.status()
    answer = life.ask(CONTROLLER, "forge", "import", "--event", str(file))
    assert (answer.code, life.status()) == (0, before)
    assert "Nothing was written." in answer.out
    assert json.loads(life.ask(CONTROLLER, "--json", "forge", "import", "--event", str(file)).out)[
        "files"
    ] == []  # fmt: skip


def refused(life: Life, who: str, *options: str) -> QmsError:
    before = life.status()
    with pytest.raises(QmsError) as raised:
        life.ask(who, "forge", "import", *options)
    assert life.status() == before
    return raised.value


def test_only_an_importer_imports(life: Life) -> None:
    error = refused(life, QUALITY, "--event", str(event(life, QUALITY)))
    assert (error.key, error.values["reason"]) == ("may-not", "importer")


def test_another_repository_is_refused_by_its_number(life: Life) -> None:
    file = life.repo.home / "event.json"
    file.write_bytes(
        reviewing.event(life.stage, reviewing.review(life.stage, QUALITY), repository=1)
    )
    assert refused(life, CONTROLLER, "--event", str(file)).key == "other-repository"


def test_the_event_of_one_review_alone_is_refused(life: Life) -> None:
    file = event(life, QUALITY)
    told = json.loads(file.read_bytes())
    told["review"] = told.pop("reviews")[0]
    file.write_text(json.dumps(told))
    assert refused(life, CONTROLLER, "--event", str(file)).key == "forge-partial"


def test_a_pull_request_that_was_not_fetched_is_refused(life: Life) -> None:
    file = event(life, QUALITY)
    told = json.loads(file.read_bytes())
    told["pull_request"]["head"]["sha"] = "1" * 40
    file.write_text(json.dumps(told))
    assert refused(life, CONTROLLER, "--event", str(file)).key == "not-fetched"


def test_who_imported_takes_it_back(life: Life) -> None:
    file = event(life, QUALITY, MANAGER)
    reviewing.landed(life.stage)
    life.ask(CONTROLLER, "forge", "import", "--event", str(file))
    life.stage.commit("Reviews")
    digest = next(reversed(life.stage.ledger().records))
    life.ask(CONTROLLER, "withdraw", "--record", digest, "--reason", "Wrong", "--yes")
    life.stage.commit("Taken back")
    answer = life.ask(CONTROLLER, "release", DOCUMENT)
    assert answer.code == 1
    assert "review" in answer.out
    # Imported anew it counts again.
    assert life.ask(CONTROLLER, "forge", "import", "--event", str(file)).code == 0
    life.stage.commit("Reviews again")
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 0


def gate(life: Life, *who: str, **options: object) -> tuple[int, str]:
    clicks = [reviewing.review(life.stage, each) for each in who]
    file = life.repo.home / "event.json"
    file.write_bytes(reviewing.event(life.stage, *clicks, **options))  # type: ignore[arg-type]  # options of a story
    answer = life.repo.ask("forge", "gate", "--event", str(file))
    assert life.status() == []
    return answer.code, answer.out


def test_the_gate_opens_when_all_have_approved(life: Life) -> None:
    code, out = gate(life, QUALITY, MANAGER)
    assert (code, out) == (0, f"Pull request 7 has all approvals: {DOCUMENT}.\n")


def test_the_gate_says_in_plain_words_whose_approval_is_missing(life: Life) -> None:
    code, out = gate(life, QUALITY)
    assert code == 1
    assert f"The approval of {DOCUMENT} by CSC-RS-01 is missing" in out
    code, out = gate(life)
    assert code == 1
    assert "by CSC-RS-02 is missing" in out


def test_the_gate_stays_shut_where_somebody_asks_for_changes(life: Life) -> None:
    clicks = [reviewing.review(life.stage, each) for each in (QUALITY, MANAGER)]
    clicks.append(reviewing.review(life.stage, QUALITY, "CHANGES_REQUESTED"))
    file = life.repo.home / "event.json"
    file.write_bytes(reviewing.event(life.stage, *clicks))
    answer = life.repo.ask("forge", "gate", "--event", str(file))
    assert answer.code == 1
    assert "quality" in answer.out


def test_the_gate_asks_for_signed_approvals_of_a_new_authority(life: Life) -> None:
    life.stage.amend(add_role=("drafter", "CSC-RS-01"))
    life.stage.commit("The next authority")
    code, out = gate(life, QUALITY, MANAGER)
    assert code == 1
    assert "The approval of authority by CSC-RS-01 is missing" in out


def test_the_gate_goes_by_the_policy_in_force_and_not_by_the_one_proposed(life: Life) -> None:
    stage = life.stage
    stage.git("mv", "procedures/CSC-QP-01.md", "drafts.md")
    stage.edit("drafts.md", "Every complaint", "Each complaint")
    stage.commit("Out of sight")
    assert gate(life)[0] == 0  # nothing of it was ever released: a draft that leaves the manual
    stage.git("switch", "--quiet", "main")
    stage.issued()
    stage.git("switch", "--quiet", "--create", "other")
    stage.git("branch", "--quiet", "--delete", "--force", "topic")
    stage.git("branch", "--quiet", "--move", "topic")
    stage.git("mv", "procedures/CSC-QP-01.md", "drafts.md")
    stage.edit("drafts.md", "Every complaint", "Each complaint")
    stage.commit("Out of sight")
    assert gate(life)[0] == 1


def test_the_gate_judges_nothing_that_it_cannot_read(life: Life) -> None:
    life.stage.edit("procedures/CSC-QP-01.md", "revision: 1", "revision: one")
    life.stage.commit("Broken")
    with pytest.raises(QmsError) as raised:
        gate(life, QUALITY, MANAGER)
    assert raised.value.key == "unreadable-document"


def test_the_gate_says_that_a_pull_request_changes_no_document(life: Life) -> None:
    stage = life.stage
    stage.git("switch", "--quiet", "main")
    stage.git("branch", "--quiet", "--force", "topic")
    stage.git("switch", "--quiet", "topic")
    stage.write({"README.md": "# Read this\n"})
    stage.commit("For readers", who=MANAGER)
    file = life.repo.home / "event.json"
    pull = json.loads(reviewing.event(stage, authors=()))
    file.write_text(json.dumps(pull))
    answer = life.repo.ask("forge", "gate", "--event", str(file))
    assert (answer.code, answer.out) == (0, "Pull request 7 changes no document.\n")
    assert json.loads(life.repo.ask("--json", "forge", "gate", "--event", str(file)).out) == {
        "documents": [],
        "findings": [],
        "notes": [],
    }


def test_what_counted_for_nothing_is_imported_again_when_it_would_count(life: Life) -> None:
    stage = life.stage
    stranger = [reviewing.review(stage, QUALITY), reviewing.review(stage, 21)]
    file = life.repo.home / "event.json"
    file.write_bytes(reviewing.event(stage, *stranger))
    reviewing.landed(stage)
    life.ask(CONTROLLER, "forge", "import", "--event", str(file))
    stage.commit("Reviews")
    assert "Nothing" in life.ask(CONTROLLER, "forge", "import", "--event", str(file)).out
    stage.amend(add_role=("drafter", "CSC-RS-09"))
    stage.edit("manual/authority.yaml", "{github: [11]}", "{github: [11, 21]}")
    stage.commit("The manager's other account")
    stage.issued("authority")
    life.ask(CONTROLLER, "forge", "import", "--event", str(file))
    stage.commit("Reviews again")
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 0


def test_a_record_of_somebody_who_may_not_import_stands_in_nobodys_way(life: Life) -> None:
    stage = life.stage
    clicks = [reviewing.review(stage, each) for each in (QUALITY, MANAGER)]
    file = life.repo.home / "event.json"
    file.write_bytes(reviewing.event(stage, *clicks))
    reviewing.imported(stage, *clicks, who=QUALITY)
    reviewing.landed(stage)
    assert life.ask(CONTROLLER, "forge", "import", "--event", str(file)).code == 0
    assert life.status() != []
    stage.commit("Reviews")
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 0


@pytest.mark.parametrize("command", ["import", "gate"])
def test_github_is_asked_with_the_token_of_the_environment(
    life: Life, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clicks = [reviewing.review(life.stage, each) for each in (QUALITY, MANAGER)]
    told = json.loads(reviewing.event(life.stage, *clicks))
    with running() as server:
        for path, answer in reviewing.answers(told).items():
            server.tell("GET", path, Answer(answer))
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        where = ("--pr", "7", "--repository", reviewing.NAME, "--url", server.url)
        key = ("--key", str(life.key(CONTROLLER))) if command == "import" else ()
        answer = life.repo.ask("forge", command, *where, *key, GITHUB_TOKEN=TOKEN)
    assert answer.code == 0
    assert TOKEN not in answer.out
    assert len(life.status()) == (command == "import")


@pytest.mark.parametrize(
    "options", [(), ("--pr", "7"), ("--pr", "7", "--event", "event.json", "--repository", "a/b")]
)
def test_a_pull_request_is_named_in_one_way(life: Life, options: tuple[str, ...]) -> None:
    assert refused(life, CONTROLLER, *options).key == "missing-option"


def test_the_gate_believes_no_account_that_the_pull_request_brings_along(life: Life) -> None:
    stage = life.stage
    stage.amend(add_role=("drafter", "CSC-RS-09"))
    stage.edit("manual/authority.yaml", "{github: [11]}", "{github: [11, 21]}")
    stage.commit("A friend's account")
    for who, meaning in (("drafter", "prepared"), (QUALITY, "reviewed"), (MANAGER, "approved")):
        stage.say(who, meaning, "authority")
    stage.commit("Signed, but not released")
    clicks = [reviewing.review(stage, QUALITY), reviewing.review(stage, 21)]
    file = life.repo.home / "event.json"
    file.write_bytes(reviewing.event(stage, *clicks))
    answer = life.repo.ask("forge", "gate", "--event", str(file))
    assert answer.code == 1
    assert f"The approval of {DOCUMENT} by CSC-RS-01 is missing" in answer.out
    assert "authority" not in answer.out.splitlines()[0]


def test_the_gate_counts_what_was_signed_on_the_branch(life: Life) -> None:
    life.stage.say(MANAGER, "approved")
    life.stage.commit("Approved", who=MANAGER)
    assert gate(life)[0] == 1
    assert gate(life, QUALITY)[0] == 0


def test_the_gate_is_told_what_the_base_is(life: Life) -> None:
    clicks = [reviewing.review(life.stage, each) for each in (QUALITY, MANAGER)]
    file = life.repo.home / "event.json"
    file.write_bytes(reviewing.event(life.stage, *clicks))
    life.stage.git("switch", "--quiet", "main")
    life.stage.issued()
    assert life.repo.ask("forge", "gate", "--event", str(file), "--base", "main").code == 1
    assert life.repo.ask("forge", "gate", "--event", str(file), "--base", "main~2").code == 0
    with pytest.raises(QmsError) as raised:
        life.repo.ask("forge", "gate", "--event", str(file), "--base", "main~3")
    assert raised.value.key == "other-base"
