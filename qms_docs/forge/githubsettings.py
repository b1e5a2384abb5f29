"""How a repository of GitHub is set up, as far as its REST interface shows it.

What the token may not see is named in `unseen`; nothing is guessed. Schemas: `full-repository`,
`actions-get-default-workflow-permissions`, `environment`, `actions-secret`, `deploy-key`. Tried
against answers made by hand from the published description, never against GitHub itself.
"""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from qms_docs.edges.http import RefusedError, Service
from qms_docs.forge import fields, github
from qms_docs.forge.fields import Fields
from qms_docs.forge.githubaccounts import logins
from qms_docs.forge.githubguards import guards
from qms_docs.forge.looking import Look, optional
from qms_docs.words.forgesettings import ANY, PROTECTED, Environment, Forks, Settings


def seen(service: Service, name: str, accounts: Iterable[int], secret: str) -> Settings:
    """Return the settings of a repository (OWNER/NAME), the state of some accounts among them.

    `secret` is the name of the importer's key. Raises QmsError if GitHub does not show even the
    repository, or answers otherwise than described.
    """
    look = Look(service, github.repository_path(name))
    told = look.one(look.path)
    inside = "repository"
    branch = fields.text(told, "default_branch", inside)
    is_private = fields.flag(told, "private", inside)
    owner = fields.text(fields.part(told, "owner", inside), "type", f"{inside}.owner")
    found = Settings(
        name=fields.text(told, "full_name", inside),
        number=fields.number(told, "id", inside),
        branch=branch,
        guards=tuple(guards(look, branch)),
        forks=look.tried("forks", lambda: _forks(look, is_private), Forks(True)),
        environments=look.tried("environments", lambda: _environments(look, secret), ()),
        secrets=look.tried("secrets", lambda: _secrets(look, owner), frozenset()),
        writing_keys=look.tried("keys", lambda: _writing_keys(look), 0),
        logins=look.tried("accounts", lambda: logins(service, accounts), {}),
    )
    found = look.tried("rights", lambda: _with_rights(look, found), found)
    return replace(found, unseen=frozenset(look.unseen))


def _with_rights(look: Look, found: Settings) -> Settings:
    told = look.one(f"{look.path}/actions/permissions/workflow")
    return replace(
        found,
        rights=fields.text(told, "default_workflow_permissions", "workflow"),
        may_approve=fields.flag(told, "can_approve_pull_request_reviews", "workflow"),
    )


def _forks(look: Look, is_private: bool) -> Forks:
    base = f"{look.path}/actions/permissions"
    if not is_private:
        told = look.one(f"{base}/fork-pr-contributor-approval")
        policy = fields.text(told, "approval_policy", "forks")
        return Forks(policy == "all_external_contributors")
    told = look.one(f"{base}/fork-pr-workflows-private-repos")
    runs, approved, writes, gets_secrets = (
        fields.flag(told, name, "forks")
        for name in (
            "run_workflows_from_fork_pull_requests",
            "require_approval_for_fork_pr_workflows",
            "send_write_tokens_to_workflows",
            "send_secrets_and_variables",
        )
    )
    return Forks(approved or not runs, runs and (writes or gets_secrets))


def _environments(look: Look, secret: str) -> tuple[Environment, ...]:
    """Return the environments that hold a secret."""
    found = []
    for inside, each in look.many(f"{look.path}/environments", "environments"):
        name = fields.text(each, "name", inside)
        path = f"{look.path}/environments/{quote(name, safe='')}"
        if secret in look.names(f"{path}/secrets"):
            rules = [fields.mapping(one, inside) for one in _rules(each, inside)]
            is_reviewed = any(one.get("type") == "required_reviewers" for one in rules)
            found.append(Environment(name, _branches(look, path, each, inside), is_reviewed))
    return tuple(found)


def _rules(told: Fields, inside: str) -> list[object]:
    return fields.items(told.get("protection_rules", []), f"{inside}.protection_rules")


def _branches(look: Look, path: str, told: Fields, inside: str) -> tuple[str, ...] | None:
    policy = optional(told, "deployment_branch_policy", inside)
    if policy is None:
        return (ANY,)
    if fields.flag(policy, "protected_branches", inside):
        return (PROTECTED,)
    listed = f"{path}/deployment-branch-policies"
    try:
        policies = list(look.many(listed, "branch_policies"))
    except RefusedError:
        return None
    return tuple(_pattern(each, where) for where, each in policies)


def _pattern(told: Fields, inside: str) -> str:
    name = fields.text(told, "name", inside)
    return name if told.get("type", "branch") == "branch" else f"{told.get('type')} {name}"


def _secrets(look: Look, owner: str) -> frozenset[str]:
    """Return the names of the secrets that programs of every branch are given."""
    kinds = ("secrets", "organization-secrets") if owner == "Organization" else ("secrets",)
    return frozenset().union(*(look.names(f"{look.path}/actions/{kind}") for kind in kinds))


def _writing_keys(look: Look) -> int:
    keys = look.many(f"{look.path}/keys")
    return sum(not fields.flag(each, "read_only", inside) for inside, each in keys)
