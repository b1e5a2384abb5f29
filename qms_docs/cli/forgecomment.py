"""`qms forge comment`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_docs.cli.pulls import from_forge, service
from qms_docs.cli.settings import Settings, now, qms_command
from qms_docs.text.messages import label

if TYPE_CHECKING:
    from qms_docs.words.pullrequests import PullRequest
    from qms_docs.work.commenting import Told


@qms_command(
    name="comment",
    epilog="Exit codes: 0 told, whatever there is to say, 2 could not run.\n\n"
    "Examples: qms forge comment --pr 12 --repository demo/manual · "
    "qms forge comment --event reviews.json --output build/comment",
)
@from_forge
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
    With --event, and on other forges than GitHub, it is only written.
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
    if asked["number"] is None or asked["kind"] != githubcomments.FORGE:
        return ""
    name, number = asked["repository"], asked["number"]
    asked_service = service(asked["kind"], asked["url"])
    return githubcomments.told(asked_service, name, number, told.marker, told.comment, account)
