"""`qms preview`."""

import gc
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_docs.cli.settings import Settings, qms_command
from qms_docs.text.messages import label

if TYPE_CHECKING:
    from qms_docs.work.preview import Limits


@qms_command(
    name="preview",
    epilog="Exit codes: 0 in order, 1 findings, 2 could not run.\n\n"
    "Examples: qms preview · qms preview CSC-QP-12 · qms preview CSC-QP-12 --html · "
    "qms preview CSC-QP-12 --watch",
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--html", is_flag=True, help="Write HTML pages for a quick look instead of PDFs.")
@click.option(
    "--watch", is_flag=True, help="Show them in a browser, follow every save; Ctrl-C ends it."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write to (default: build/preview in the repository).",
)
@click.option("--workers", type=click.IntRange(1, 64), help="Processes (default: one a processor).")
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=120.0,
    show_default=True,
    help="Seconds that one document may take.",
)
def command(
    settings: Settings,
    ids: tuple[str, ...],
    html: bool,
    watch: bool,
    output: Path | None,
    workers: int | None,
    timeout: float,
) -> int:
    """Print documents as they are in the work tree, DRAFT on every page.

    Without an ID: all documents, with an index page and the master document register.
    """
    from qms_docs.show.output import FORMATS
    from qms_docs.work import preview

    limits = preview.Limits(workers or 0, timeout)
    if watch:
        if html or output:
            raise click.UsageError("--watch writes no files: give it without --html and --output.")
        return _watch(settings, ids, limits)
    repository = settings.repository()
    snapshot = repository.work_tree()
    folder = output or repository.root / "build" / "preview"
    with progress_bar(settings) as progress:
        if html:
            made = preview.as_html(snapshot, ids, folder)
        elif ids:
            made = preview.some(snapshot, ids, folder, limits, progress)
        else:
            made = preview.whole(snapshot, folder, limits, progress)
    if settings.json:
        report = json.loads(FORMATS["json"](made.report, settings.language))
        click.echo(json.dumps({"files": [str(path) for path in made.files], **report}, indent=2))
    else:
        tell_printed(settings, made.files, folder)
        if made.report.findings:
            click.echo(FORMATS["text"](made.report, settings.language))
    return 1 if made.report.findings else 0


def _watch(settings: Settings, ids: tuple[str, ...], limits: "Limits") -> int:
    from qms_docs.work import watch

    def tell(addresses: list[str]) -> None:
        if settings.json:
            click.echo(json.dumps({"addresses": addresses}))
            return
        for address in addresses:
            click.echo(label("watch-address", settings.language, address=address))
        click.echo(label("watch-stop", settings.language))

    gc.enable()  # it runs for hours
    # Ctrl-C is the way to end it.
    with suppress(KeyboardInterrupt):
        watch.run(settings.repository(), ids, limits, settings.language, tell)
    return 0


def tell_printed(settings: Settings, files: tuple[Path, ...], folder: Path) -> None:
    """Say which files were made, or how many, and which page to open."""
    if len(files) <= 6:
        for path in files:
            click.echo(path)
    else:
        click.echo(label("rendered", settings.language, count=len(files), folder=folder))
    index = folder / "index.html"
    if index.exists() and len(files) > 6:
        click.echo(label("open-index", settings.language, path=index))


@contextmanager
def progress_bar(settings: Settings) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on a terminal; nothing where nobody watches."""
    if settings.json or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label("rendering", settings.language), total=None, name="")
        yield lambda done, total, name: bar.update(task, completed=done, total=total, name=name)
