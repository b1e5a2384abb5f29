"""`qms check`."""

import os
from datetime import date
from pathlib import Path

import click

from qms_docs.cli.settings import Settings, as_of_option, now, qms_command
from qms_docs.words.errors import QmsError


@qms_command(
    name="check",
    epilog="Exit codes: 0 in order (there may be warnings), 1 findings, 2 could not run.\n\n"
    "Examples: qms check · qms check procedures · qms check --staged · qms check --commit main",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option("--staged", is_flag=True, help="Judge what is staged for the next commit.")
@click.option("--commit", metavar="REV", help="Judge a commit, branch or tag.")
@as_of_option
@click.option("--no-cache", is_flag=True, help="Read everything anew, as a gate should.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "gitlab", "sarif", "junit"]),
    help="How to print the findings (default: text).",
)
def command(
    settings: Settings,
    paths: tuple[str, ...],
    staged: bool,
    commit: str | None,
    as_of: date | None,
    no_cache: bool,
    format_: str | None,
) -> int:
    """Say what is not in order in the documents.

    The whole manual is read in any case; with PATHs only findings in these files and folders are
    printed and counted.
    """
    from qms_docs.rules import severity
    from qms_docs.show.output import FORMATS
    from qms_docs.words.findings import Severity
    from qms_docs.work import checking, history

    if staged and commit:
        raise click.UsageError("Give --staged or --commit, not both.")
    repository = settings.repository()
    wanted = tuple(_in_repository(path, repository.root) for path in paths)
    if staged:
        snapshot = repository.index()
    else:
        snapshot = repository.commit(commit) if commit else repository.work_tree()
    check = checking.check if no_cache else checking.check_remembering
    state = history.state(
        repository, snapshot, as_of or now(), commit or "HEAD", remembering=not no_cache
    )
    report = check(snapshot, wanted, state=state)
    name = format_ or ("json" if settings.json else "text")
    click.echo(FORMATS[name](report, settings.language))
    return 1 if any(severity(each) is Severity.ERROR for each in report.findings) else 0


def _in_repository(path: str, root: Path) -> str:
    """Return a path typed by the user relative to the root; raises QmsError if it is outside."""
    full = Path(os.path.normpath(Path.cwd() / path))
    try:
        return full.relative_to(root).as_posix()
    except ValueError as error:
        raise QmsError("no-path", path=path, origin=root) from error
