"""`qms forge`."""

import functools
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.settings import Settings, now, qms_command
from qms_docs.show.terminal import visible
from qms_docs.text import messages
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.work.asked import Asked

if TYPE_CHECKING:
    from qms_docs.edges.http import Service
    from qms_docs.words.pullrequests import PullRequest
    from qms_docs.work.gating import Answer

_URL = "The REST interface to ask (default: that of github.com)."
_CHECK = "Name of the gate's check (default: qms gate)."
_SECRET = "Name of the secret with the importer's key (default: QMS_IMPORTER_KEY)."  # noqa: S105


@click.group(
    name="forge",
    epilog="Examples: qms forge import --event reviews.json · qms forge gate --event reviews.json",
)
def command() -> None:
    """Let the reviews of a pull request count as approvals, marked as what they are."""


def _from_forge(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name a pull request; the function receives it as `pull`."""
    options = (
        click.option(
            "--event",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help='JSON: {"pull_request": …, "reviews": [all of them], "commits": […]}.',
        ),
        click.option(
            "--pr", "number", type=click.IntRange(1), metavar="N", help="Ask GitHub, not a file."
        ),
        click.option("--repository", metavar="OWNER/NAME", help="For --pr: where it is."),
        click.option(
            "--url",
            metavar="URL",
            default="",
            help="For --pr: the REST interface to ask (default: that of github.com).",
        ),
    )

    @functools.wraps(command)
    def run(
        *arguments: Any,
        event: Path | None,
        number: int | None,
        repository: str | None,
        url: str,
        **rest: Any,
    ) -> Any:
        return command(*arguments, pull=_pull_request(event, number, repository, url), **rest)

    wrapped: Callable[..., Any] = run
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped


@deciding_command(
    name="import",
    epilog="Exit codes: 0 imported, or known already, 2 could not run.\n\n"
    "Examples: qms forge import --event reviews.json · "
    "qms forge import --pr 12 --repository demo/manual",
)
@_from_forge
def import_(settings: Settings, asked: Asked, pull: "PullRequest") -> None:
    """Record all reviews of a pull request of GitHub, as importer.

    Each is kept with the exact texts that it was given for; what does not count is kept with the
    reason. You vouch that the forge says so. It counts when it lands on main, if `importers` in
    the released manual/authority.yaml names your role, and `repositories` the repository.

    With --pr GitHub is asked, with the token in GITHUB_TOKEN if there is one.
    """
    from qms_docs.work import importing

    files = importing.bring_in(settings.repository(), pull, asked)
    if files:
        told = label("message-reviews", settings.language, number=pull.number)
        tell_written(settings, files, told)
    elif settings.json:
        click.echo('{"files": []}')
    else:
        click.echo(label("reviews-known", settings.language, number=pull.number))


@qms_command(
    name="gate",
    epilog="Exit codes: 0 it would have all approvals, 1 something is missing, 2 could not run.\n\n"
    "Examples: qms forge gate --event reviews.json · "
    "qms forge gate --pr 12 --repository demo/manual",
)
@_from_forge
@click.option("--head", metavar="COMMIT", default="", help="Judge only if it ends with this one.")
@click.option(
    "--base", metavar="REV", default="", help="Judge only if it is for the branch that ends so."
)
def gate(settings: Settings, pull: "PullRequest", head: str, base: str) -> int:
    """Tell what a pull request lacks for the release of all that it changes.

    Judged by the authority in force on its base, with its reviews and the records on its branch.
    Writes nothing. Who reports the answer for a commit names it with --head, and main with --base:
    else one pull request could get the answer for another text, or for another branch.
    """
    from qms_docs.show.output import finding_lines
    from qms_docs.work import gating

    repository = settings.repository()
    gating.refuse_other(repository, pull, head, base)

    answer = gating.judge(repository, pull, now())
    if settings.json:
        click.echo(_as_json(answer, settings.language))
        return bool(answer.findings)
    for finding in answer.findings:
        click.echo("\n".join(finding_lines(finding, settings.language)))
    key = "gate-closed" if answer.findings else "gate-open" if answer.documents else "gate-nothing"
    documents = ", ".join(answer.documents)
    click.echo(label(key, settings.language, number=pull.number, documents=documents))
    return bool(answer.findings)


def _as_json(answer: "Answer", language: str) -> str:
    findings = []
    for each in answer.findings:
        sentence, _ = messages.of_finding(each, language)
        findings.append({"code": each.code, "path": each.place.path, "message": sentence})
    data = {"documents": answer.documents, "findings": findings}
    return json.dumps(data, ensure_ascii=False)


def _pull_request(
    event: Path | None, number: int | None, repository: str | None, url: str
) -> "PullRequest":
    from qms_docs.edges import store
    from qms_docs.forge import github

    if event is not None and number is None:
        return github.from_event(store.read_file(event), str(event))
    if event is not None or number is None:
        raise QmsError("missing-option", option="--event / --pr", example="--event reviews.json")
    if repository is None:
        raise QmsError("missing-option", option="--repository", example="--repository demo/manual")
    return github.asked(_service(url), repository, number)


def _service(url: str) -> "Service":
    from qms_docs.forge import github

    return github.service(url or github.ADDRESS, os.environ.get("GITHUB_TOKEN", ""))


@qms_command(
    name="doctor",
    epilog="Exit codes: 0 all was seen and is in order, 1 something is not or could not be seen, "
    "2 could not run.\n\n"
    "Example: qms forge doctor --repository demo/manual",
)
@click.option("--repository", metavar="OWNER/NAME", required=True, help="Which one on GitHub.")
@click.option("--url", metavar="URL", default="", help=_URL)
@click.option("--check", metavar="NAME", default="qms gate", help=_CHECK)
@click.option("--secret", metavar="NAME", default="QMS_IMPORTER_KEY", help=_SECRET)
def doctor(settings: Settings, repository: str, url: str, check: str, secret: str) -> int:
    """Tell how the settings of a repository of GitHub differ from what the authority needs.

    Who can change main, which check guards it, what programs may do, who can reach the importer's
    key, and whether repository and accounts are those in the released manual/authority.yaml. Only
    reads, with the token in GITHUB_TOKEN; what that may not see is told apart, and never counts as
    in order.
    """
    from qms_docs.show import forgesettings
    from qms_docs.work import doctoring

    found = doctoring.examine(
        settings.repository(), _service(url), repository, check, secret, now()
    )
    render = forgesettings.as_json if settings.json else forgesettings.as_text
    click.echo(render(found.settings, found.remarks, settings.language))
    return 0 if found.in_order else 1


@qms_command(
    name="codeowners",
    epilog="Exit codes: 0 written, or as it should be, 1 it should be another, 2 could not run.\n\n"
    "Examples: qms forge codeowners · qms forge codeowners --check",
)
@click.option("--check", is_flag=True, help="Compare the committed file; write nothing.")
@click.option("--url", metavar="URL", default="", help=_URL)
def codeowners(settings: Settings, check: bool, url: str) -> int:
    """Write .github/CODEOWNERS, so that GitHub asks those whose word a change needs.

    Made from the released authority and policy: for the folder of each type, and each document that
    needs somebody else, the accounts of those who hold the roles. GitHub is asked what it calls an
    account now. The file asks the right people; it is no evidence.
    """
    from qms_docs.show.codeowners import difference
    from qms_docs.work import owning

    repository, service = settings.repository(), _service(url)
    if not check:
        told = label("message-codeowners", settings.language)
        tell_written(settings, (owning.write(repository, service, now()),), told)
        return 0
    found = owning.compared(repository, service, now())
    is_current = found.committed == found.wanted
    if settings.json:
        click.echo(json.dumps({"path": owning.PATH, "is_current": is_current}))
        return 0 if is_current else 1
    if not is_current:
        old, new = (each.decode("utf-8", "replace") for each in (found.committed, found.wanted))
        for line in difference(old, new, owning.PATH).splitlines():
            click.echo(visible(line))
    key = "codeowners-current" if is_current else "codeowners-old"
    click.echo(label(key, settings.language, path=owning.PATH))
    return 0 if is_current else 1


command.add_command(import_)
command.add_command(gate)
command.add_command(doctor)
command.add_command(codeowners)
