"""What guards a branch on GitHub: its protection, and the rulesets that hold for it.

Schemas: `branch-protection`, `repository-rule-detailed`, `repository-ruleset`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from qms_docs.edges.http import RefusedError
from qms_docs.forge import fields
from qms_docs.forge.fields import Fields
from qms_docs.forge.looking import Look, optional
from qms_docs.words.forgesettings import ADMINISTRATORS, Bypasser, Check, Guard

_UNPROTECTED = b"Branch not protected"
"""What GitHub says with its 404 where a branch has no protection; else one may not look."""
_KINDS = (("users", "User"), ("teams", "Team"), ("apps", "Integration"))


def guards(look: Look, branch: str) -> Iterator[Guard]:
    """Yield everything that guards a branch, as far as it is shown."""
    there = quote(branch, safe="")
    protection = look.tried("protection", lambda: _protection(look, there), None)
    if protection is not None:
        yield protection
    nothing: tuple[Guard, ...] = ()
    yield from look.tried("rules", lambda: _rulesets(look, there), nothing)


def _protection(look: Look, branch: str) -> Guard | None:
    """Return the protection of a branch; None if it has none."""
    try:
        told = look.one(f"{look.path}/branches/{branch}/protection")
    except RefusedError as error:
        if error.status == 404 and _UNPROTECTED in error.content:
            return None
        raise
    inside = "protection"
    checks = optional(told, "required_status_checks", inside)
    reviews = optional(told, "required_pull_request_reviews", inside)
    return Guard(
        name=inside,
        checks=tuple(_checks(checks, "checks", "context", "app_id")) if checks else (),
        is_current=bool(checks and checks.get("checks") and checks.get("strict") is True),
        needs_pull_request=reviews is not None,
        needs_code_owner=reviews is not None and reviews.get("require_code_owner_reviews") is True,
        forbids_force=_is_off(told, "allow_force_pushes"),
        forbids_deletion=_is_off(told, "allow_deletions"),
        dismisses_stale=reviews is not None and reviews.get("dismiss_stale_reviews") is True,
        bypassers=tuple(_exempted(told, reviews)),
    )


def _exempted(told: Fields, reviews: Fields | None) -> Iterator[Bypasser]:
    """Yield whom the protection of a branch does not bind."""
    enforced = optional(told, "enforce_admins", "protection")
    if enforced is None or enforced.get("enabled") is not True:
        yield Bypasser(ADMINISTRATORS)
    inside = "bypass_pull_request_allowances"
    allowed = optional(reviews, inside, "protection") if reviews else None
    for name, kind in _KINDS if allowed else ():
        for each in fields.items((allowed or {}).get(name, []), f"{inside}.{name}"):
            yield Bypasser(kind, fields.number(fields.mapping(each, inside), "id", inside))


def _rulesets(look: Look, branch: str) -> tuple[Guard, ...]:
    """Return the rulesets that hold for a branch, those of the organisation among them."""
    rules: dict[int, dict[str, Fields]] = defaultdict(dict)
    for inside, each in look.many(f"{look.path}/rules/branches/{branch}"):
        number = fields.number(each, "ruleset_id", inside)
        kind = fields.text(each, "type", inside)
        rules[number][kind] = optional(each, "parameters", inside) or {}
    return tuple(_ruleset(look, number, rules[number]) for number in sorted(rules))


def _ruleset(look: Look, number: int, rules: Mapping[str, Fields]) -> Guard:
    nothing: Fields = {}
    named = look.tried("rulesets", lambda: look.one(f"{look.path}/rulesets/{number}"), nothing)
    actors = named.get("bypass_actors")  # only shown to those who may change them
    checks, pull = rules.get("required_status_checks"), rules.get("pull_request")
    listed, strict = "required_status_checks", "strict_required_status_checks_policy"
    is_strict = bool(checks and checks.get(listed) and checks.get(strict) is True)
    kinds = (listed, "context", "integration_id")
    return Guard(
        name=fields.text(named, "name", "ruleset") if named else str(number),
        checks=tuple(_checks(checks, *kinds)) if checks is not None else (),
        is_current=is_strict or "merge_queue" in rules,
        needs_pull_request=pull is not None,
        needs_code_owner=pull is not None and pull.get("require_code_owner_review") is True,
        forbids_force="non_fast_forward" in rules,
        forbids_deletion="deletion" in rules,
        dismisses_stale=pull is not None and pull.get("dismiss_stale_reviews_on_push") is True,
        bypassers=None if actors is None else tuple(_actors(actors)),
    )


def _actors(told: object) -> Iterator[Bypasser]:
    inside = "bypass_actors"
    for each in fields.items(told, inside):
        actor = fields.mapping(each, inside)
        numbered = actor.get("actor_id") is not None
        number = fields.number(actor, "actor_id", inside) if numbered else 0
        yield Bypasser(fields.text(actor, "actor_type", inside), number)


def _checks(told: Fields, listed: str, context: str, app: str) -> Iterator[Check]:
    for each in fields.items(told.get(listed), listed):
        check = fields.mapping(each, listed)
        number = check.get(app)  # null, or -1: whoever reports it
        known = number if type(number) is int and number > 0 else 0
        yield Check(fields.text(check, context, listed), known)


def _is_off(told: Fields, name: str) -> bool:
    """Tell whether the protection says that something is not allowed."""
    switch = optional(told, name, "protection")
    return switch is not None and switch.get("enabled") is False
