"""`qms diff`."""

import json
from pathlib import Path

import click

from qms_docs.cli.settings import Settings, qms_command
from qms_docs.text.messages import label


@qms_command(
    name="diff",
    epilog="Examples: qms diff CSC-QP-12 · qms diff CSC-QP-12 main.. · "
    "qms diff CSC-QP-12 v1..v2 --html",
)
@click.argument("identification", metavar="ID")
@click.argument("span", metavar="[A..B]", default="")
@click.option("--html", is_flag=True, help="Write HTML pages instead of PDFs.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write to (default: build/diff in the repository).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=120.0,
    show_default=True,
    help="Seconds that one document may take.",
)
def command(
    settings: Settings,
    identification: str,
    span: str,
    html: bool,
    output: Path | None,
    timeout: float,
) -> None:
    """Show what changed in a document, word by word, in each of its languages.

    A and B are commits, branches or tags. Without A: the last commit. Without B: the work tree.
    """
    from qms_docs.work import comparing

    repository = settings.repository()
    folder = output or repository.root / "build" / "diff"
    told = []
    for found in comparing.comparisons(repository, identification, span, settings.language):
        if html:
            path = comparing.write_html(found, folder)
        else:
            path = comparing.write_pdf(found, folder, timeout)
        facts = [fact._asdict() for fact in found.facts]
        told.append({"file": str(path), "changes": found.changes._asdict(), "facts": facts})
        if not settings.json:
            counts = label("redline-counts", settings.language, **found.changes._asdict())
            click.echo(f"{path}\n    {counts}")
    if settings.json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
