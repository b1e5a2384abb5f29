"""Is a forge set up as the authority in force needs it? Settings and needs in, remarks out.

What could not be seen is never taken to be in order.
"""

from collections.abc import Callable, Iterator

from qms_docs.words.forgesettings import (
    DEPLOY_KEY,
    Bypasser,
    Guard,
    Needs,
    Remark,
    Settings,
    Weight,
)

_GUARDS = frozenset({"protection", "rules"})
"""What stands in `unseen` where not everything that guards the branch is shown."""


def compare(settings: Settings, needs: Needs) -> tuple[Remark, ...]:
    """Return everything there is to say of the settings of a repository."""
    return (
        *_authority(settings, needs),
        *_branch(settings, needs),
        *_programs(settings, needs),
        *_environments(settings, needs),
        *_passing(settings),
        *_unseen(settings),
    )


def in_order(remarks: tuple[Remark, ...]) -> bool:
    """Tell whether everything was seen and is as it must be."""
    return all(each.weight is Weight.INFORMATION for each in remarks)


def _authority(settings: Settings, needs: Needs) -> Iterator[Remark]:
    if settings.number not in needs.repositories:
        yield Remark("repository", values={"number": str(settings.number)})
    if not needs.has_importers:
        yield Remark("importers")
    for number, person in sorted(needs.accounts.items()):
        if "accounts" not in settings.unseen and not settings.logins.get(number):
            yield Remark("account", values={"number": str(number), "person": person})


def _branch(settings: Settings, needs: Needs) -> Iterator[Remark]:
    """Yield what the branch lacks; what only a guard with a back door gives, it lacks as well."""
    values = {"branch": settings.branch, "check": needs.check}
    suspected: dict[str, Guard] = {}
    for key, gives in _wanted(settings, needs).items():
        giving = [guard for guard in settings.guards if gives(guard)]
        if not giving and not _GUARDS & settings.unseen:
            yield Remark(key, values=values)
        if all(guard.bypassers is None or _back_doors(guard, needs) for guard in giving):
            suspected |= {guard.name: guard for guard in giving}
    for guard in suspected.values():
        yield from _bypasses(guard, needs)
    through_keys = any(_lets_keys_pass(guard) for guard in settings.guards)
    if through_keys and settings.writing_keys > 1:
        yield Remark("deploy-keys", values={"count": str(settings.writing_keys)})


def _wanted(settings: Settings, needs: Needs) -> dict[str, Callable[[Guard], bool]]:
    """Return what some guard must give: key of the remark if none does → how to tell."""

    def checks(guard: Guard) -> bool:
        return any(each.name == needs.check for each in guard.checks)

    def from_one_source(guard: Guard) -> bool:
        return any(each.name == needs.check and each.app for each in guard.checks)

    is_checked = any(map(checks, settings.guards))
    return {
        **({"check-source": from_one_source} if is_checked else {"no-check": checks}),
        "not-current": lambda guard: guard.is_current,
        "no-pull-request": lambda guard: guard.needs_pull_request,
        "force": lambda guard: guard.forbids_force,
        "deletion": lambda guard: guard.forbids_deletion,
    }


def _bypasses(guard: Guard, needs: Needs) -> Iterator[Remark]:
    if guard.bypassers is None:
        yield Remark("unseen-bypass", Weight.UNSEEN, {"name": guard.name})
    for each in _back_doors(guard, needs):
        yield Remark("bypass", values={"name": guard.name, "who": str(each)})


def _back_doors(guard: Guard, needs: Needs) -> list[Bypasser]:
    """Return whom a guard does not bind though they import nothing."""
    return [each for each in guard.bypassers or () if not _may_pass(each, needs)]


def _may_pass(each: Bypasser, needs: Needs) -> bool:
    """Tell whether somebody may push to main: an importer, by account or by the one key."""
    return each.kind == DEPLOY_KEY or (each.kind == "User" and each.id in needs.importers)


def _lets_keys_pass(guard: Guard) -> bool:
    return any(each.kind == DEPLOY_KEY for each in guard.bypassers or ())


def _programs(settings: Settings, needs: Needs) -> Iterator[Remark]:
    """Yield what programs of other branches, and of strangers, may do that they should not."""
    if settings.rights == "write":
        yield Remark("rights")
    if not settings.forks.run_approved:
        yield Remark("forks-run")
    if settings.forks.get_secrets:
        yield Remark("forks-secrets")
    if needs.secret in settings.secrets:
        yield Remark("secret", values={"secret": needs.secret})


def _environments(settings: Settings, needs: Needs) -> Iterator[Remark]:
    """Yield who else could use the importer's key."""
    if not settings.environments and "environments" not in settings.unseen:
        yield Remark("no-environment", Weight.INFORMATION, {"secret": needs.secret})
    owned = any(each.needs_code_owner and each.needs_pull_request for each in settings.guards)
    for each in settings.environments:
        values = {"environment": each.name, "branch": settings.branch, "secret": needs.secret}
        if each.branches is None:
            yield Remark("unseen-branches", Weight.UNSEEN, values)
        elif each.branches != (settings.branch,):
            branches = ", ".join(each.branches) or "–"
            yield Remark("environment", values={**values, "branches": branches})
        if not (each.is_reviewed or owned or _GUARDS & settings.unseen):
            yield Remark("workflows", values=values)


def _passing(settings: Settings) -> Iterator[Remark]:
    """Yield what is good to know and changes nothing."""
    dismisses = any(each.dismisses_stale for each in settings.guards)
    if not _GUARDS & settings.unseen:
        yield Remark("stale-on" if dismisses else "stale-off", Weight.INFORMATION)
    if settings.may_approve:
        yield Remark("may-approve", Weight.INFORMATION)


def _unseen(settings: Settings) -> Iterator[Remark]:
    for each in sorted(settings.unseen):
        yield Remark(f"unseen-{each}", Weight.UNSEEN, {"branch": settings.branch})
