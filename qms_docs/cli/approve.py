"""`qms approve`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.settings import Settings
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.work.asked import Asked

if TYPE_CHECKING:
    from qms_docs.words.evidence import Paper


@deciding_command(
    name="approve",
    epilog="Examples: qms approve CSC-QP-12 · qms approve CSC-QP-12 CSC-QP-11 --meaning reviewed · "
    "qms approve authority --as CSC-RS-01 · "
    "qms approve CSC-QP-12 --paper sheet.pdf --by demo-wei-lan --by-role CSC-RS-01",
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--meaning",
    type=click.Choice(["prepared", "reviewed", "approved", "translated", "rejected"]),
    default="approved",
    help="What you say of the text (default: approved).",
)
@click.option("--comment", default="", help="A remark that is kept with it.")
@click.option(
    "--paper",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="SCAN",
    help="Register a sheet that somebody signed by hand, instead of your own word.",
)
@click.option("--by", "author", metavar="PERSON", help="For --paper: who signed the sheet.")
@click.option("--by-role", "author_role", metavar="ROLE", help="For --paper: in which role.")
@click.option("--yes", is_flag=True, help="Do not show the changes and ask.")
def command(
    settings: Settings,
    asked: Asked,
    ids: tuple[str, ...],
    meaning: str,
    comment: str,
    paper: Path | None,
    author: str | None,
    author_role: str | None,
    yes: bool,
) -> None:
    """Say that you have prepared, reviewed or approved exactly the committed text of documents.

    Shows what has changed since the revision in force and asks before it signs. ID is a document,
    or `authority`, `policy` or `waivers`. What you sign is one record for all IDs.

    With --paper you vouch for a sheet of paper: it counts when two people have registered the same
    scan, neither of them its author. Only the scan's SHA-256 is kept in the record.
    """
    from qms_docs.words.evidence import Meaning
    from qms_docs.work import decide

    sheet = _sheet(paper, author, author_role)
    case = decide.case(settings.repository(), asked.now)
    if not yes:
        _confirm(settings, case, ids, meaning)
    files = decide.state(case, ids, Meaning(meaning), asked, comment, sheet)
    tell_written(settings, files, f"{label(meaning, settings.language)}: {', '.join(ids)}")
    if sheet and not settings.json:
        click.echo(label("sheet-registered", settings.language, digest=sheet.scan[:12]))


def _sheet(scan: Path | None, person: str | None, role: str | None) -> "Paper | None":
    """Return the sheet that is registered; None if it is the person's own word."""
    from qms_docs.edges import store
    from qms_docs.words.evidence import Paper

    if scan is None and person is None and role is None:
        return None
    if scan is None:
        raise QmsError("missing-option", option="--paper", example="--paper sheet.pdf")
    if person is None:
        raise QmsError("missing-option", option="--by", example="--by demo-wei-lan")
    if role is None:
        raise QmsError("missing-option", option="--by-role", example="--by-role CSC-RS-01")
    return Paper(person, role, store.digest_of(scan))


def _confirm(settings: Settings, case: object, ids: tuple[str, ...], meaning: str) -> None:
    """Show what is signed, and go on only if the person says so; abort otherwise."""
    from qms_docs.show import statements
    from qms_docs.work.decide import Case

    assert isinstance(case, Case)
    for identification in ids:
        for text in case.texts(identification):
            before = case.standing.last(text.subject.id, text.subject.language)
            old = case.repository.read_blob(before.blob) if before else b""
            new = case.tree.read(text.path) or b""
            click.echo(statements.changes(text, before, old, new, settings.language), err=True)
    question = label("confirm-statement", settings.language, meaning=meaning, ids=", ".join(ids))
    click.confirm(question, abort=True, err=True)
