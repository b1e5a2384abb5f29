"""`qms list`."""

import sys
from datetime import date
from pathlib import Path

import click

from qms_docs.cli.settings import Settings, as_of_option, qms_command
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError


@qms_command(
    name="list",
    epilog="Examples: qms list documents · qms list copies --as-of 2027-01-15 · "
    "qms list documents --format xlsx --output register.xlsx · "
    "qms list clauses --standard iso9001-2026 · qms list objectives --results results.csv",
)
@click.argument("view", metavar="VIEW")
@as_of_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "html", "csv", "xlsx", "json"]),
    help="How to write the list (default: table).",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.option("--standard", default="", metavar="NAME", help="Clauses: of this standard only.")
@click.option(
    "--results",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Objectives: with the results in a CSV file.",
)
def command(
    settings: Settings,
    view: str,
    as_of: date | None,
    format_: str | None,
    output: Path | None,
    standard: str,
    results: Path | None,
) -> int:
    """List what the manual holds.

    Views: documents (the master document register), copies (the controlled copies: who holds
    which, and what must be recalled), parameters (the values that documents quote, and which
    documents quote them), roles (the responsibility matrix: which role owns, reviews, approves
    and does what), processes (what each procedure needs and gives, its owner and records), clauses
    (which documents address which clause, what is open, what is excluded and why), objectives
    (from the policy down to each role), records (the forms: who keeps the record, where, how long,
    and which steps make it), external (external documents with edition and next check), systems
    (the management systems with what proves each), adopter (what the bank that adopts the manual
    must set or confirm, with its place), translations (how far each one is beside its master, and
    who vouches for it).

    With --standard iso9001-2026, a next edition: what has changed, and which documents to look at.

    With --results the columns objective, period (2026-10, 2026-Q3 or 2026) and result of a CSV
    file: the newest result of each objective beside its target. A line that counts for nothing is
    told with its number; then the exit code is 1.

    With --as-of the register shows what was released then, and no drafts; copies who held them.

    Files whose front matter is not in order cannot be listed; then the exit code is 1.
    """
    from qms_docs.cli import screen
    from qms_docs.edges import store
    from qms_docs.show.tables import FORMATS
    from qms_docs.work.views import THEN, VIEWS, listed

    if view not in VIEWS:
        raise QmsError("no-view", view=view, known=", ".join(VIEWS))
    if as_of is not None and view not in THEN:
        raise QmsError("no-view-then", view=view, known=", ".join(THEN))
    name = format_ or ("json" if settings.json else "table")
    manual = settings.manual(as_of)
    shown = listed(view, manual, settings.language, standard, results)
    data = FORMATS[name](shown.table)
    if name == "table" and output is None:
        data = screen.fitting(shown.table, data)
    if output is not None:
        store.write_file(output, data)
    elif name == "xlsx" and sys.stdout.isatty():
        raise QmsError("missing-option", option="--output", example="--output register.xlsx")
    else:
        sys.stdout.buffer.write(data)
    missing = len(manual.by_path.keys() - {document.path for document in manual.documents})
    if missing:
        click.echo(label("not-listed", settings.language, count=missing), err=True)
    for each in shown.refused:
        words = label(f"result-{each.reason}", settings.language, **each.values)
        click.echo(f"{results}:{each.line}: {words}", err=True)
    return 1 if missing or shown.refused else 0
