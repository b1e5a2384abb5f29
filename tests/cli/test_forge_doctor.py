"""`qms forge doctor`: a repository on GitHub is compared with what the authority in force needs."""

import json
from collections.abc import Callable, Iterator

import pytest

from qms_docs.words.errors import QmsError
from tests.attacks import reviewing
from tests.attacks.stage import begun
from tests.forge import settings
from tests.forge.server import TOKEN, Answer, GitHub, running
from tests.outer import Answer as Said
from tests.outer import Repo

ACCOUNTS = tuple(sorted(reviewing.ACCOUNTS.values()))
Ask = Callable[..., Said]


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Return a manual whose authority counts pull requests; nothing here changes it."""
    folder = tmp_path_factory.mktemp("manual")
    begun(folder, reviewing.before)
    return Repo(folder.resolve(), tmp_path_factory.mktemp("people"))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as told:
        yield told


@pytest.fixture
def ask(manual: Repo, server: GitHub) -> Ask:
    """Return the question: what GitHub says otherwise than in order, and options."""

    def asked(changes: dict[str, Answer | None], *options: str) -> Said:
        settings.tell(server, ACCOUNTS, changes)
        where = ("--repository", settings.NAME, "--url", server.url)
        return manual.ask(*options, "forge", "doctor", *where, GITHUB_TOKEN=TOKEN)

    return asked


def keys(said: Said, kind: str = "findings") -> list[str]:
    return [each["key"] for each in json.loads(said.out)[kind]]


def told(ask: Ask, changes: dict[str, Answer | None]) -> tuple[list[str], list[str]]:
    """Return what is not in order, and what could not be seen."""
    said = ask(changes, "--json")
    found = keys(said), keys(said, "unseen")
    assert said.code == (1 if any(found) else 0)
    return found


def test_what_is_in_order_is_told_in_one_sentence(ask: Ask) -> None:
    said = ask({})
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "demo/manual (number 987654), branch main"
    assert lines[-1] == "Everything was seen and is as the authority in force needs it."
    assert "Not as it must be" not in said.out
    assert TOKEN not in said.out


def test_a_ruleset_guards_as_well_as_a_protection(ask: Ask) -> None:
    bare = settings.refusal(404, "Branch not protected")
    changes = {
        settings.PROTECTION: bare,
        settings.RULES: Answer(settings.rules()),
        settings.RULESET: Answer(settings.ruleset()),
    }
    assert told(ask, changes) == ([], [])


def test_an_unguarded_branch_is_told_in_all_its_parts(ask: Ask) -> None:
    changes = {settings.PROTECTION: settings.refusal(404, "Branch not protected")}
    found = ["no-check", "not-current", "no-pull-request", "force", "deletion", "workflows"]
    assert told(ask, changes) == (found, [])


@pytest.mark.parametrize("status", [403, 404])
def test_what_is_not_shown_is_never_in_order(ask: Ask, status: int) -> None:
    """GitHub hides a protection from those who do not administer it behind a 404 of its own."""
    refused = settings.refusal(status)
    everything = {path: refused for path in settings.IN_ORDER if path != settings.BASE}
    hidden = {settings.HELD: None, settings.BRANCHES: None, settings.SHARED: None}
    said = ask({**everything, **hidden}, "--json")
    assert said.code == 1
    assert keys(said) == []
    names = ["environments", "forks", "keys", "protection", "rights", "rules", "secrets"]
    assert keys(said, "unseen") == [f"unseen-{each}" for each in names]


def test_what_is_not_shown_is_told_apart_for_people(ask: Ask) -> None:
    said = ask({settings.PROTECTION: settings.refusal(403)})
    assert said.code == 1
    assert "Could not be seen:\n  - How main is protected could not be seen." in said.out
    assert said.out.splitlines()[-1] == "Not as it must be: 0. Could not be seen: 1."


def test_a_limit_that_was_reached_hides_nothing(ask: Ask, server: GitHub) -> None:
    limit = Answer({"message": "API rate limit exceeded"}, 403)
    paths = (settings.PROTECTION, settings.BASE)
    changes = {path: None for path in settings.IN_ORDER if path not in paths}
    with pytest.raises(QmsError) as raised:
        ask({**changes, **dict.fromkeys(map("/user/{}".format, ACCOUNTS)), paths[0]: limit})
    assert raised.value.key == "service-failed"


def test_a_token_that_opens_nothing_is_an_error(ask: Ask) -> None:
    changes = dict.fromkeys([*settings.IN_ORDER, *map("/user/{}".format, ACCOUNTS)])
    refused = settings.refusal(401, "Bad credentials")
    with pytest.raises(QmsError) as raised:
        ask({**changes, settings.BASE: refused})
    assert raised.value.values["detail"] == "HTTP 401"


def test_a_protection_may_bind_everybody_but_administrators(ask: Ask) -> None:
    lax = settings.protection(enforce_admins={"url": "https://x", "enabled": False})
    said = ask({settings.PROTECTION: Answer(lax)})
    assert "The rules “protection” do not bind administrators." in said.out
    assert said.code == 1


def test_a_protection_that_says_nothing_of_a_switch_has_it_not(ask: Ask) -> None:
    lax = settings.protection()
    for name in ("allow_force_pushes", "allow_deletions", "enforce_admins"):
        del lax[name]
    assert told(ask, {settings.PROTECTION: Answer(lax)})[0] == ["force", "deletion", "bypass"]


def with_bypasser(*bypassers: settings.Told) -> dict[str, Answer | None]:
    return {
        settings.PROTECTION: settings.refusal(404, "Branch not protected"),
        settings.RULES: Answer(settings.rules()),
        settings.RULESET: Answer(settings.ruleset(*bypassers)),
    }


@pytest.mark.parametrize(
    ("kind", "number"),
    [("RepositoryRole", 5), ("OrganizationAdmin", None), ("Integration", 15368), ("Team", 3),
     ("User", reviewing.ACCOUNTS["quality"])],
)  # fmt: skip
def test_nobody_passes_by_the_rules(ask: Ask, kind: str, number: int | None) -> None:
    assert told(ask, with_bypasser(settings.bypasser(kind, number)))[0] == ["bypass"]


def test_the_importer_may_push(ask: Ask) -> None:
    importer = settings.bypasser("User", reviewing.ACCOUNTS["controller"])
    assert told(ask, with_bypasser(importer, settings.bypasser("DeployKey"))) == ([], [])


def test_of_two_keys_that_can_write_one_is_not_the_importers(ask: Ask) -> None:
    changes = with_bypasser(settings.bypasser("DeployKey"))
    changes[settings.KEYS] = Answer([settings.key(1), settings.key(2)])
    assert told(ask, changes)[0] == ["deploy-keys"]


def test_a_back_door_of_one_guard_is_closed_by_another(ask: Ask) -> None:
    changes = with_bypasser(settings.bypasser("Team", 3))
    changes[settings.PROTECTION] = Answer(settings.protection())
    assert told(ask, changes) == ([], [])


def test_whom_a_ruleset_does_not_bind_may_be_hidden(ask: Ask) -> None:
    hidden = settings.ruleset()
    del hidden["bypass_actors"]
    changes = {**with_bypasser(), settings.RULESET: Answer(hidden)}
    assert told(ask, changes) == ([], ["unseen-bypass"])


def test_a_check_that_anybody_may_report_is_none(ask: Ask) -> None:
    lax = settings.protection()
    checks = lax["required_status_checks"]
    assert isinstance(checks, dict)
    checks["checks"] = [{"context": settings.CHECK, "app_id": None}]
    checks["strict"] = False
    assert told(ask, {settings.PROTECTION: Answer(lax)})[0] == ["check-source", "not-current"]


@pytest.mark.parametrize(
    ("path", "body", "key"),
    [
        (settings.BASE, settings.repository(id=1), "repository"),
        (settings.RIGHTS, settings.rights("write"), "rights"),
        (settings.FORKS, settings.forks(require_approval_for_fork_pr_workflows=False), "forks-run"),
        (settings.FORKS, settings.forks(send_secrets_and_variables=True), "forks-secrets"),
        (settings.SECRETS, settings.secrets(settings.SECRET), "secret"),
        (settings.SHARED, settings.secrets(settings.SECRET), "secret"),
        (settings.BRANCHES, settings.branches("main", "release/*"), "environment"),
        (settings.BRANCHES, settings.branches("main", kind="tag"), "environment"),
        (settings.BRANCHES, settings.branches(), "environment"),
        ("/user/11", settings.user(11, "Organization"), "account"),
    ],
)
def test_each_difference_is_found(ask: Ask, path: str, body: object, key: str) -> None:
    assert told(ask, {path: Answer(body)}) == ([key], [])


@pytest.mark.parametrize(
    ("policy", "words"),
    [(None, "every branch"), ({"protected_branches": True, "custom_branch_policies": False},
                              "every protected branch")],
)  # fmt: skip
def test_an_environment_that_more_branches_may_use(ask: Ask, policy: object, words: str) -> None:
    lax = settings.environments(settings.environment(policy=policy))
    said = ask({settings.ENVIRONMENTS: Answer(lax), settings.BRANCHES: None})
    assert said.code == 1
    assert f"may be used by: {words}." in said.out


def test_who_reviews_the_runs_need_not_own_the_workflows(ask: Ask) -> None:
    lax = settings.protection()
    reviews = lax["required_pull_request_reviews"]
    assert isinstance(reviews, dict)
    reviews["require_code_owner_reviews"] = False
    assert told(ask, {settings.PROTECTION: Answer(lax)})[0] == ["workflows"]
    reviewed = settings.environments(settings.environment(is_reviewed=True))
    changes = {settings.PROTECTION: Answer(lax), settings.ENVIRONMENTS: Answer(reviewed)}
    assert told(ask, changes) == ([], [])


def test_an_account_that_is_gone_is_told_by_its_person(ask: Ask) -> None:
    said = ask({"/user/12": settings.refusal()})
    assert "the account 12, which the authority says is quality's." in said.out


def test_an_account_with_another_number_is_no_answer(ask: Ask) -> None:
    with pytest.raises(QmsError) as raised:
        ask({
            "/user/11": Answer(settings.user(99)),
            **{f"/user/{number}": None for number in ACCOUNTS if number != 11},
            settings.RIGHTS: None,
        })  # fmt: skip
    assert raised.value.values["field"] == "user.id"


def test_strangers_need_consent_in_an_open_repository(ask: Ask) -> None:
    changes = {
        settings.BASE: Answer(settings.repository(private=False)),
        settings.FORKS: None,
        settings.OPEN_FORKS: Answer({"approval_policy": "first_time_contributors"}),
    }
    assert told(ask, changes)[0] == ["forks-run"]


def test_what_stands_on_a_later_page_counts(ask: Ask, server: GitHub) -> None:
    there = f"{settings.SECRETS}&page=2"
    first = Answer(settings.secrets(), headers={"Link": f'<{server.url}{there}>; rel="next"'})
    later = Answer(settings.secrets(settings.SECRET))
    assert told(ask, {settings.SECRETS: first, there: later})[0] == ["secret"]


def test_a_name_cannot_steer_the_terminal(ask: Ask) -> None:
    changes = with_bypasser(settings.bypasser("Team", 3))
    changes[settings.RULESET] = Answer({**settings.ruleset(settings.bypasser("Team", 3)),
                                        "name": "Main\x1b[2J"})  # fmt: skip
    assert "\x1b" not in ask(changes).out


def test_in_chinese_every_sentence_is_chinese(ask: Ask) -> None:
    changes = {settings.PROTECTION: settings.refusal(404, "Branch not protected")}
    said = ask(changes, "--lang", "zh-CN")
    assert "更改不经检查“qms gate”即可进入 main。" in said.out
    assert "不符合要求：6 项" in said.out


def test_a_manual_that_has_not_begun_has_no_authority_to_compare_with(small: Repo) -> None:
    with pytest.raises(QmsError) as raised:
        small.ask("forge", "doctor", "--repository", settings.NAME)
    assert raised.value.key == "no-genesis"
