"""`qms audit`."""

from pathlib import Path

import click

from qms_docs.cli.settings import Settings, now, qms_command


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
@click.option("--no-cache", is_flag=True, help="Walk the history anew, as a gate should.")
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
    no_cache: bool,
    format_: str | None,
) -> int:
    """Walk the history of main and say what of its evidence is false, missing or changed.

    Believes nothing but the history itself: every signature, every authority, every release is
    judged anew, by what was in force before it landed.
    """
    from qms_docs.show.output import FORMATS
    from qms_docs.work import auditing

    report = auditing.audit(
        settings.repository(), commit, trust, anchors, now(), remembering=not no_cache
    )
    name = format_ or ("json" if settings.json else "text")
    click.echo(FORMATS[name](report, settings.language))
    return 1 if report.findings else 0
