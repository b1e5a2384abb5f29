"""`qms audit`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_docs.cli.settings import Settings, now, qms_command

if TYPE_CHECKING:
    from qms_docs.words.findings import Report


@qms_command(
    name="audit",
    epilog="Exit codes: 0 in order, 1 findings, 2 the history could not be judged.\n\n"
    "Examples: qms audit · qms audit --trust 3f2a… --anchor public/manifest.json",
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
def command(
    settings: Settings,
    commit: str,
    trust: str | None,
    anchors: tuple[Path, ...],
    pushed: tuple[tuple[str, str, str], ...],
    receiving: bool,
    format_: str | None,
) -> int:
    """Walk the history of main and say what of its evidence is false, missing or changed.

    Believes nothing but the history itself: every signature, every authority, every release is
    judged anew, by what was in force before it landed.
    """
    from qms_docs.edges.git import Repository
    from qms_docs.show.output import FORMATS
    from qms_docs.work import auditing

    if pushed and receiving:
        raise click.UsageError("Give --push or --pre-receive, not both.")
    if pushed or receiving:
        report = _judged(settings, pushed, receiving)
    else:
        repository = Repository.bare(settings.root)
        report = auditing.audit(repository, commit, trust, anchors, now())
    name = format_ or ("json" if settings.json else "text")
    if report.findings or not receiving:  # who pushes what is in order need not be told
        click.echo(FORMATS[name](report, settings.language))
    return 1 if report.findings else 0


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
    return pushing.judge(repository, asked, pushing.MAIN, now())
