"""`qms forge`."""

import json
from typing import TYPE_CHECKING

import click

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.forgecomment import comment
from qms_docs.cli.forgesettings import codeowners, doctor
from qms_docs.cli.pulls import from_forge
from qms_docs.cli.settings import Settings, now, qms_command
from qms_docs.text import messages
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.work.asked import Asked

if TYPE_CHECKING:
    from qms_docs.words.pullrequests import PullRequest
    from qms_docs.work.gating import Answer


@click.group(
    name="forge",
    epilog="Examples: qms forge import --event reviews.json · qms forge gate --event reviews.json",
)
def command() -> None:
    """Let the reviews of a pull request count as approvals, marked as what they are."""


@deciding_command(
    name="import",
    epilog="Exit codes: 0 imported, or known already, 2 could not run.\n\n"
    "Examples: qms forge import --event reviews.json · "
    "qms forge import --pr 12 --repository demo/manual · "
    "qms forge import --forge gitlab --pr 12 --repository demo/manual",
)
@from_forge
def import_(settings: Settings, asked: Asked, pull: "PullRequest") -> None:
    """Record all reviews of a pull request, as importer.

    Each is kept with the exact texts that it was given for; what does not count is kept with the
    reason. You vouch that the forge says so. It counts when it lands on main, if `importers` in
    the released manual/authority.yaml names your role, and `repositories` the repository.

    With --pr the forge is asked, with the token in GITHUB_TOKEN, GITLAB_TOKEN or GITEA_TOKEN.
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
@from_forge
@click.option(
    "--base",
    metavar="REV",
    default="",
    help="What it would be merged into (default: its branch, as this clone knows it).",
)
@click.option("--head", metavar="COMMIT", default="", help="Judge only if it ends with this one.")
def gate(settings: Settings, pull: "PullRequest", base: str, head: str) -> int:
    """Tell what a pull request lacks for the release of all that it changes.

    Judged by the authority in force on its base as that is now, with its reviews and the records
    on its branch. Writes nothing. A check of the forge names the base itself (--base origin/main),
    so that nobody lets the pull request be judged on a branch of their own, and the commit for
    which it reports the answer (--head), as a push in between would else get that of another one.
    """
    from qms_docs.show.output import finding_lines
    from qms_docs.work import gating

    if head and pull.head != head:
        raise QmsError("other-head", number=pull.number, head=pull.head, wanted=head)
    answer = gating.judge(settings.repository(), pull, now(), base)
    if settings.json:
        click.echo(_as_json(answer, settings.language))
        return bool(answer.findings)
    for finding in answer.findings:
        click.echo("\n".join(finding_lines(finding, settings.language)))
    if answer.notes:
        click.echo(label("gate-settings", settings.language, paths=", ".join(answer.notes)))
    key = "gate-closed" if answer.findings else "gate-open" if answer.documents else "gate-nothing"
    documents = ", ".join(answer.documents)
    click.echo(label(key, settings.language, number=pull.number, documents=documents))
    return bool(answer.findings)


def _as_json(answer: "Answer", language: str) -> str:
    findings = []
    for each in answer.findings:
        sentence, _ = messages.of_finding(each, language)
        findings.append({"code": each.code, "path": each.place.path, "message": sentence})
    data = {"documents": answer.documents, "findings": findings, "notes": answer.notes}
    return json.dumps(data, ensure_ascii=False)


for each in (import_, gate, comment, doctor, codeowners):
    command.add_command(each)
