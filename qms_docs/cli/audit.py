"""`qms audit`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.settings import Settings, now
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.work.asked import Asked

if TYPE_CHECKING:
    from qms_docs.words.findings import Report


@deciding_command(
    name="audit",
    epilog="Exit codes: 0 in order, 1 findings, 2 the history could not be judged.\n\n"
    "Examples: qms audit · qms audit --trust 3f2a… --anchor public/manifest.json · "
    "qms audit --close 3f2a9c01 QMS908 --reason 'A slip' --correction 'Released again as 3'",
)
@click.option("--commit", metavar="REV", default="HEAD", help="The tip of main (default: HEAD).")
@click.option("--trust", metavar="DIGEST", help="The genesis digest that you know of old.")
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="A published manifest.json or PDF that the history must still contain.",
)
@click.option("--no-cache", is_flag=True, help="Walk the history anew, as a gate should.")
@click.option(
    "--push",
    "pushed",
    multiple=True,
    nargs=3,
    metavar="OLD NEW REF",
    help="Say why a server would refuse this push (hook pre-push).",
)
@click.option(
    "--pre-receive",
    "receiving",
    is_flag=True,
    help="Judge the push that Git tells on standard input (hook pre-receive).",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github", "gitlab", "sarif", "junit"]),
    help="How to print the findings (default: text).",
)
@click.option(
    "--close",
    nargs=2,
    metavar="COMMIT CODE",
    help="Record how a finding was dealt with: two people must, one of them for the authority.",
)
@click.option("--reason", metavar="TEXT", help="For --close: how it came about.")
@click.option("--correction", metavar="TEXT", help="For --close: what was done about it.")
def command(
    settings: Settings,
    asked: Asked,
    commit: str,
    trust: str | None,
    anchors: tuple[Path, ...],
    no_cache: bool,
    pushed: tuple[tuple[str, str, str], ...],
    receiving: bool,
    format_: str | None,
    close: tuple[str, str] | None,
    reason: str | None,
    correction: str | None,
) -> int:
    """Walk the history of main and say what of its evidence is false, missing or changed.

    Believes nothing but the history itself: every signature, every authority, every release is
    judged anew, by what was in force before it landed. --key, --as and --on-behalf-of are for
    --close, which signs a record; the finding is then no longer listed.
    """
    if close is not None:
        _close(settings, asked, close, reason, correction)
        return 0
    from qms_docs.edges.git import Repository
    from qms_docs.show.output import FORMATS
    from qms_docs.work import auditing

    if pushed and receiving:
        raise click.UsageError("Give --push or --pre-receive, not both.")
    if pushed or receiving:
        report = _judged(settings, pushed, receiving)
    else:
        repository = Repository.bare(settings.root)
        report = auditing.audit(
            repository, commit, trust, anchors, asked.now, remembering=not no_cache
        )
    name = format_ or ("json" if settings.json else "text")
    if report.findings or not receiving:  # who pushes what is in order need not be told
        click.echo(FORMATS[name](report, settings.language))
    return 1 if report.findings else 0


def _close(
    settings: Settings,
    asked: Asked,
    finding: tuple[str, str],
    reason: str | None,
    correction: str | None,
) -> None:
    from qms_docs.work import answers

    if not reason:
        raise QmsError("missing-option", option="--reason", example="--reason 'A slip'")
    if not correction:
        raise QmsError("missing-option", option="--correction", example="--correction 'Mended'")
    closed = answers.close(settings.repository(), *finding, reason, correction, asked)
    message = label("message-close", settings.language, code=finding[1], commit=finding[0])
    tell_written(settings, closed.files, message)
    if closed.is_enough or settings.json:
        return
    if closed.guardians:
        roles = ", ".join(closed.guardians)
        click.echo(label("close-guardian", settings.language, roles=roles))
    else:
        click.echo(label("close-second", settings.language))


def _judged(
    settings: Settings, pushed: tuple[tuple[str, str, str], ...], receiving: bool
) -> "Report":
    """Return why a push is refused: the one given, or the one that Git tells a hook."""
    from qms_docs.edges.git import Repository
    from qms_docs.work import pushing

    repository = Repository.bare(settings.root, receiving)
    if receiving:
        lines = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
        return pushing.received(repository, pushing.pushes(lines.splitlines()), now())
    asked = pushing.pushes(" ".join(each) for each in pushed)
    return pushing.judge(repository, asked, repository.evidence_branch(), now())
