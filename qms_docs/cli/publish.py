"""`qms publish`."""

import json
from datetime import date
from pathlib import Path

import click

from qms_docs.cli.settings import Settings, as_of_option, now, qms_command


@qms_command(
    name="publish",
    epilog="Exit codes: 0 published, 1 findings, 2 could not run.\n\n"
    "Examples: qms publish · qms publish --output /srv/manual",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where to (default: public/ of the repository).",
)
@as_of_option
@click.option("--workers", type=click.IntRange(1, 64), help="Processes (default: one a processor).")
@click.option("--timeout", type=click.FloatRange(1), default=120.0, help="Seconds for a document.")
def command(
    settings: Settings,
    output: Path | None,
    as_of: date | None,
    workers: int | None,
    timeout: float,
) -> int:
    """Publish what is in force as controlled PDFs, with the portal, the register and a manifest.

    Each text is printed as it was released, with its approvals and its revision history, whatever
    stands in the work tree.
    """
    from qms_docs.cli.preview import progress_bar, tell_printed
    from qms_docs.show.output import finding_lines
    from qms_docs.work import preview, publish

    repository = settings.repository()
    folder = output or repository.root / "public"
    with progress_bar(settings) as progress:
        limits = preview.Limits(workers or 0, timeout)
        made = publish.publish(repository, folder, as_of or now(), limits, progress)
    if settings.json:
        files = [str(path) for path in made.files]
        click.echo(json.dumps({"files": files, "findings": len(made.findings)}))
    else:
        tell_printed(settings, made.files, folder)
        for finding in made.findings:
            click.echo("\n".join(finding_lines(finding, settings.language)))
    return 1 if made.findings else 0
