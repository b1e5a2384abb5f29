"""`qms forge doctor` and `qms forge codeowners`: how a repository of GitHub is set up."""

import json

import click

from qms_docs.cli.deciding import tell_written
from qms_docs.cli.pulls import service
from qms_docs.cli.settings import Settings, now, qms_command
from qms_docs.show.terminal import visible
from qms_docs.text.messages import label

_URL = "The REST interface to ask (default: that of github.com)."
_CHECK = "Name of the gate's check (default: qms gate)."
_SECRET = "Name of the secret with the importer's key (default: QMS_IMPORTER_KEY)."  # noqa: S105
_GITHUB = "github"


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
        settings.repository(), service(_GITHUB, url), repository, check, secret, now()
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
    from qms_docs.work.codeowners import PATH, compared, write

    repository, asked = settings.repository(), service(_GITHUB, url)
    if not check:
        told = label("message-codeowners", settings.language)
        tell_written(settings, (write(repository, asked, now()),), told)
        return 0
    found = compared(repository, asked, now())
    is_current = found.committed == found.wanted
    if settings.json:
        click.echo(json.dumps({"path": PATH, "is_current": is_current}))
        return 0 if is_current else 1
    if not is_current:
        old, new = (each.decode("utf-8", "replace") for each in (found.committed, found.wanted))
        for line in difference(old, new, PATH).splitlines():
            click.echo(visible(line))
    key = "codeowners-current" if is_current else "codeowners-old"
    click.echo(label(key, settings.language, path=PATH))
    return 0 if is_current else 1
