"""What GitHub tells of a repository that is set up as it should be, for tests to change."""

import copy
from collections.abc import Mapping

from tests.forge import described
from tests.forge.server import Answer, GitHub

REPOSITORY, NAME = 987654, "demo/manual"
BASE = f"/repos/{NAME}"
BRANCH = "main"
SECRET = "QMS_IMPORTER_KEY"
CHECK = "qms gate"
ACTIONS = 15368
"""Number of GitHub Actions among the programs that report checks."""
ENVIRONMENT = f"{BASE}/environments/importer"
PROTECTION = f"{BASE}/branches/{BRANCH}/protection"
RULES = f"{BASE}/rules/branches/{BRANCH}?per_page=100"
RULESET = f"{BASE}/rulesets/5"
RIGHTS = f"{BASE}/actions/permissions/workflow"
FORKS = f"{BASE}/actions/permissions/fork-pr-workflows-private-repos"
OPEN_FORKS = f"{BASE}/actions/permissions/fork-pr-contributor-approval"
ENVIRONMENTS = f"{BASE}/environments?per_page=100"
HELD = f"{ENVIRONMENT}/secrets?per_page=100"
BRANCHES = f"{ENVIRONMENT}/deployment-branch-policies?per_page=100"
SECRETS = f"{BASE}/actions/secrets?per_page=100"
SHARED = f"{BASE}/actions/organization-secrets?per_page=100"
KEYS = f"{BASE}/keys?per_page=100"
Told = dict[str, object]
_FORKED_FROM = ("parent", "source", "template_repository")
_AT = "2026-03-02T09:00:00Z"
_URL = "https://api.github.com"


def simple_user(number: int, kind: str = "User") -> Told:
    login = f"demo-{number}"
    names = (
        "url", "html_url", "followers_url", "following_url", "gists_url", "starred_url",
        "subscriptions_url", "organizations_url", "repos_url", "events_url", "received_events_url",
        "avatar_url",
    )  # fmt: skip
    links = dict.fromkeys(names, f"{_URL}/users/{login}")
    return {
        "login": login,
        "id": number,
        "node_id": "U_1",
        "gravatar_id": "",
        "type": kind,
        "site_admin": False,
        **links,
    }


def user(number: int, kind: str = "User") -> Told:
    """Return the public profile of an account."""
    nothing = dict.fromkeys(("name", "company", "blog", "location", "email", "hireable", "bio"))
    counts = dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
    return {**simple_user(number, kind), **nothing, **counts, "created_at": _AT, "updated_at": _AT}


def repository(**changes: object) -> Told:
    """Return a repository: the facts that are read, and the others as in GitHub's own example."""
    owner = simple_user(77, "Organization")
    told: Told = {
        "id": REPOSITORY,
        "name": NAME.split("/")[1],
        "full_name": NAME,
        "private": True,
        "owner": owner,
        "default_branch": BRANCH,
    }
    whole = described.complete("full-repository-default-response", {**told, **changes})
    whole["language"] = None  # the example lacks it; its other repositories are not as told
    return {name: each for name, each in whole.items() if name not in _FORKED_FROM}


def protection(**changes: object) -> Told:
    """Return a protection of the branch that leaves nothing to be desired."""
    url = f"{_URL}{PROTECTION}"
    told: Told = {
        "url": url,
        "required_status_checks": {
            "url": f"{url}/required_status_checks",
            "strict": True,
            "contexts": [CHECK],
            "contexts_url": f"{url}/required_status_checks/contexts",
            "checks": [{"context": CHECK, "app_id": ACTIONS}],
        },
        "enforce_admins": {"url": f"{url}/enforce_admins", "enabled": True},
        "required_pull_request_reviews": {
            "url": f"{url}/required_pull_request_reviews",
            "dismiss_stale_reviews": False,
            "require_code_owner_reviews": True,
            "require_last_push_approval": False,
            "required_approving_review_count": 1,
        },
        "allow_force_pushes": {"enabled": False},
        "allow_deletions": {"enabled": False},
    }
    return {**told, **changes}


def rules(number: int = 5) -> list[Told]:
    """Return the same as rules of one ruleset, as they hold for the branch."""
    source = {
        "ruleset_source_type": "Repository",
        "ruleset_source": NAME,
        "ruleset_id": number,
    }
    check = {"context": CHECK, "integration_id": ACTIONS}
    pull = {
        "dismiss_stale_reviews_on_push": False,
        "require_code_owner_review": True,
        "require_last_push_approval": False,
        "required_approving_review_count": 1,
        "required_review_thread_resolution": False,
    }
    checks = {"required_status_checks": [check], "strict_required_status_checks_policy": True}
    found: list[Told] = [
        {"type": "deletion"},
        {"type": "non_fast_forward"},
        {"type": "pull_request", "parameters": pull},
        {"type": "required_status_checks", "parameters": checks},
    ]
    return [{**each, **source} for each in found]


def ruleset(*bypassers: Told, number: int = 5) -> Told:
    """Return a ruleset with those whom it does not bind."""
    return {
        "id": number,
        "name": "Main",
        "source": NAME,
        "source_type": "Repository",
        "enforcement": "active",
        "bypass_actors": list(bypassers),
    }


def bypasser(kind: str, number: int | None = None) -> Told:
    return {"actor_type": kind, "actor_id": number, "bypass_mode": "always"}


def environment(*, is_reviewed: bool = False, policy: object = True) -> Told:
    """Return the environment of the importer; `policy` may stand in for its branches."""
    own = {"protected_branches": False, "custom_branch_policies": True}
    reviewers = [{"type": "User", "reviewer": simple_user(11)}]
    reviewed = {"id": 9, "node_id": "G_9", "type": "required_reviewers", "reviewers": reviewers}
    return {
        "id": 8,
        "node_id": "E_8",
        "name": "importer",
        "url": f"{_URL}{ENVIRONMENT}",
        "html_url": f"https://github.com/{NAME}/deployments",
        "created_at": _AT,
        "updated_at": _AT,
        "protection_rules": [reviewed] if is_reviewed else [],
        "deployment_branch_policy": own if policy is True else policy,
    }


def environments(*told: Told) -> Told:
    return {"total_count": len(told), "environments": list(told)}


def secrets(*names: str) -> Told:
    listed = [{"name": name, "created_at": _AT, "updated_at": _AT} for name in names]
    return {"total_count": len(names), "secrets": listed}


def branches(*names: str, kind: str = "branch") -> Told:
    listed = [{"id": 3, "node_id": "B_3", "name": name, "type": kind} for name in names]
    return {"total_count": len(names), "branch_policies": listed}


def key(number: int, *, read_only: bool = False) -> Told:
    return {
        "id": number,
        "key": "ssh-ed25519 AAAA",
        "url": f"{_URL}{BASE}/keys/{number}",
        "title": f"Key {number}",
        "verified": True,
        "created_at": _AT,
        "read_only": read_only,
    }


def forks(**changes: bool) -> Told:
    told = {
        "run_workflows_from_fork_pull_requests": True,
        "require_approval_for_fork_pr_workflows": True,
        "send_write_tokens_to_workflows": False,
        "send_secrets_and_variables": False,
    }
    return {**told, **changes}


def rights(word: str = "read", *, may_approve: bool = False) -> Told:
    return {"default_workflow_permissions": word, "can_approve_pull_request_reviews": may_approve}


def refusal(status: int = 404, message: str = "Not Found") -> Answer:
    told = {"message": message, "documentation_url": "https://docs.github.com/rest"}
    return Answer({**told, "status": str(status)}, status)


IN_ORDER: Mapping[str, Answer] = {
    BASE: Answer(repository()),
    PROTECTION: Answer(protection()),
    RULES: Answer([]),
    RIGHTS: Answer(rights()),
    FORKS: Answer(forks()),
    ENVIRONMENTS: Answer(environments(environment())),
    HELD: Answer(secrets(SECRET, "QMS_PUSH_KEY")),
    BRANCHES: Answer(branches(BRANCH)),
    SECRETS: Answer(secrets()),
    SHARED: Answer(secrets()),
    KEYS: Answer([key(1), key(2, read_only=True)]),
}
"""Everything that is asked, beside the accounts → an answer that is in order."""


def tell(server: GitHub, accounts: tuple[int, ...], changes: Mapping[str, Answer | None]) -> None:
    """Let a server tell what is in order, but for some answers; None is not asked for."""
    people = {f"/user/{number}": Answer(user(number)) for number in accounts}
    for path, answer in {**IN_ORDER, **people, **changes}.items():
        if answer is not None:
            server.tell("GET", path, copy.deepcopy(answer))
