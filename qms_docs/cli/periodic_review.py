"""`qms periodic-review`."""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.settings import Settings
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.work.asked import Asked

if TYPE_CHECKING:
    from qms_docs.work.reviewing import Outcome


@deciding_command(
    name="periodic-review",
    epilog="Exit codes: 0 nothing is overdue, or the verdicts are written; 1 a review is overdue; "
    "2 could not run.\n\n"
    "Examples: qms periodic-review · qms periodic-review CSC-QP-12 --verdict reaffirm · "
    "qms periodic-review --campaign --output reviews · "
    "qms periodic-review --worksheet reviews/CSC-RS-10.csv",
)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--verdict",
    type=click.Choice(["reaffirm", "revise", "withdraw"]),
    help="What the review of the IDs has shown.",
)
@click.option("--comment", metavar="TEXT", default="", help="A remark that is kept with it.")
@click.option("--campaign", is_flag=True, help="Write a worksheet for each owner.")
@click.option("--owner", metavar="ROLE", help="For --campaign: only for this owner.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="For --campaign: where to write.",
)
@click.option(
    "--worksheet",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="Sign the verdicts of a worksheet that is filled in.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(
    settings: Settings,
    asked: Asked,
    ids: tuple[str, ...],
    verdict: str | None,
    comment: str,
    campaign: bool,
    owner: str | None,
    output: Path | None,
    worksheet: Path | None,
    yes: bool,
) -> int:
    """Review documents in force: list what is due, hand out worksheets, sign verdicts.

    Without anything: what is overdue or due within 60 days. With IDs: when these are due. A verdict
    `reaffirm` is the owner's word that the revision stays; it moves the day. `revise` signs
    nothing: it tells how to begin the next revision.
    """
    if sum((bool(verdict), campaign, worksheet is not None)) > 1:
        raise click.UsageError("Give --verdict, --campaign or --worksheet, one of them.")
    if campaign:
        return _campaign(settings, asked, owner, output)
    if worksheet is not None:
        return _worksheet(settings, asked, worksheet, yes)
    if verdict is not None:
        return _verdict(settings, asked, ids, (verdict, comment), yes)
    return _list(settings, asked, ids)


def _list(settings: Settings, asked: Asked, ids: tuple[str, ...]) -> int:
    from qms_docs.show.tables import FORMATS
    from qms_docs.work import reviewing

    agenda = reviewing.agenda(settings.repository(), asked.now)
    shown = agenda.of(ids) if ids else agenda.due
    if not shown.reviews and not settings.json:
        click.echo(label("nothing-due", settings.language))
        return 0
    data = FORMATS["json" if settings.json else "table"](shown.table(settings.language))
    sys.stdout.buffer.write(data)
    return 1 if shown.overdue else 0


def _campaign(settings: Settings, asked: Asked, owner: str | None, output: Path | None) -> int:
    from qms_docs.work import reviewing

    if output is None:
        raise QmsError("missing-option", option="--output", example="--output reviews")
    agenda = reviewing.agenda(settings.repository(), asked.now)
    files = reviewing.campaign(agenda, owner, output, settings.language)
    paths = [os.path.relpath(file) for file in files]
    if settings.json:
        click.echo(json.dumps({"files": paths}, ensure_ascii=False))
        return 0
    for path in paths:
        click.echo(label("created", settings.language, path=path))
    click.echo(label("fill-in", settings.language))
    return 0


def _verdict(
    settings: Settings, asked: Asked, ids: tuple[str, ...], said: tuple[str, str], yes: bool
) -> int:
    from qms_docs.work import decide, reviewing

    if not ids:
        raise QmsError("missing-option", option="ID", example="CSC-QP-12")
    if said[0] == "withdraw" and not said[1]:
        raise QmsError("missing-option", option="--comment", example="--comment 'It has ended'")
    case = decide.case(settings.repository(), asked.now)
    if said[0] != "revise":
        _confirm(settings, said[0], ids, yes)
    _tell(settings, reviewing.decided(case, dict.fromkeys(ids, said), asked))
    return 0


def _worksheet(settings: Settings, asked: Asked, file: Path, yes: bool) -> int:
    from qms_docs.work import decide, reviewing

    case = decide.case(settings.repository(), asked.now)
    _confirm(settings, "worksheet", (os.path.relpath(file),), yes)
    _tell(settings, reviewing.worksheet(case, file, asked))
    return 0


def _confirm(settings: Settings, verdict: str, what: Iterable[str], yes: bool) -> None:
    if not yes:
        meaning = label(f"verdict-{verdict}", settings.language)
        values = {"meaning": meaning, "ids": ", ".join(what)}
        question = label("confirm-statement", settings.language, **values)
        click.confirm(question, abort=True, err=True)


def _tell(settings: Settings, outcome: "Outcome") -> None:
    """Say what was signed, and what is left to do."""
    if settings.json:
        told = {
            "files": [os.path.relpath(file) for file in outcome.files],
            "signed": outcome.signed,
            "revise": outcome.revise,
            "withdraw": outcome.withdraw,
            "open": outcome.open,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for name, verdict in outcome.signed.items():
        click.echo(f"{name}: {label(f'verdict-{verdict}', settings.language)}")
    if outcome.files:
        tell_written(settings, outcome.files, label("periodic-review", settings.language))
    for key in ("revise", "withdraw", "open"):
        for name in getattr(outcome, key):
            click.echo(label(f"review-{key}", settings.language, id=name))
