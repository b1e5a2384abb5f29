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
from qms_docs.text import messages
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.work.asked import Asked

if TYPE_CHECKING:
    from qms_docs.edges.http import Service
    from qms_docs.words.pullrequests import PullRequest
    from qms_docs.work.commenting import Told
    from qms_docs.work.gating import Answer


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
def gate(settings: Settings, pull: "PullRequest") -> int:
    """Tell what a pull request lacks for the release of all that it changes.

    Judged by the authority in force on its base, with its reviews and the records on its branch.
    Writes nothing.
    """
    from qms_docs.show.output import finding_lines
    from qms_docs.work import gating

    answer = gating.judge(settings.repository(), pull, now())
    if settings.json:
        click.echo(_as_json(answer, settings.language))
        return bool(answer.findings)
    for finding in answer.findings:
        click.echo("\n".join(finding_lines(finding, settings.language)))
    key = "gate-closed" if answer.findings else "gate-open" if answer.documents else "gate-nothing"
    documents = ", ".join(answer.documents)
    click.echo(label(key, settings.language, number=pull.number, documents=documents))
    return bool(answer.findings)


@qms_command(
    name="comment",
    epilog="Exit codes: 0 told, whatever there is to say, 2 could not run.\n\n"
    "Examples: qms forge comment --pr 12 --repository demo/manual · "
    "qms forge comment --event reviews.json --output build/comment",
)
@_from_forge
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write to (default: build/comment in the repository).",
)
@click.option(
    "--link",
    metavar="URL",
    default="",
    help="Where readers find that folder (ends with /), or what leads to it.",
)
@click.option(
    "--account",
    type=click.IntRange(1),
    metavar="NUMBER",
    help="Whose the token is (default: GitHub is asked).",
)
@click.option("--pdf/--no-pdf", default=True, help="Print the draft PDFs, or leave them out.")
def comment(
    settings: Settings,
    pull: "PullRequest",
    output: Path | None,
    link: str,
    account: int | None,
    pdf: bool,
) -> None:
    """Tell reviewers on the pull request what changes, who has approved it and who is missing.

    Writes one comment for the pull request, one page with the whole redline, and draft PDFs. With
    --pr the comment is put into the pull request, or brought up to date there: never a second one.
    With --event it is only written.
    """
    from qms_docs.cli.preview import progress_bar
    from qms_docs.work import commenting, preview

    repository = settings.repository()
    folder = output or repository.root / "build" / "comment"
    with progress_bar(settings) as progress:
        drafts = (preview.Limits(), progress) if pdf else None
        told = commenting.tell(repository, pull, now(), settings.language, folder, link, drafts)
    done = _commented(told, account or 0)
    if settings.json:
        data = {"files": [str(path) for path in told.files], "comment": done}
        click.echo(json.dumps(data, ensure_ascii=False))
        return
    for path in told.files:
        click.echo(path)
    if done:
        click.echo(label(f"comment-{done}", settings.language, number=pull.number))


def _commented(told: "Told", account: int) -> str:
    """Put the comment where the pull request was asked for; return what was done, if anything."""
    from qms_docs.forge import githubcomments

    asked = click.get_current_context().params
    if asked["number"] is None:
        return ""
    name, number = asked["repository"], asked["number"]
    service = _github(asked["url"])
    return githubcomments.told(service, name, number, told.marker, told.comment, account)


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
    return github.asked(_github(url), repository, number)


def _github(url: str) -> "Service":
    from qms_docs.forge import github

    return github.service(url or github.ADDRESS, os.environ.get("GITHUB_TOKEN", ""))


command.add_command(import_)
command.add_command(gate)
command.add_command(comment)
