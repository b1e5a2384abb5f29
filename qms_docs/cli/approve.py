"""`qms approve`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.settings import Settings
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.work.asked import Asked

if TYPE_CHECKING:
    from qms_docs.words.evidence import Act, Meaning, Paper
    from qms_docs.work.decide import Case


@deciding_command(
    name="approve",
    epilog="Examples: qms approve CSC-QP-12 · qms approve CSC-QP-12 CSC-QP-11 --meaning reviewed · "
    "qms approve authority --as CSC-RS-01 · qms approve CSC-QP-12 --sheet sheet.pdf · "
    "qms approve CSC-QP-12 --paper scan.pdf --by demo-wei-lan --by-role CSC-RS-01",
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
    "--sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a sheet (PDF) to be signed by hand or in an office system, and record nothing.",
)
@click.option(
    "--paper",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="SCAN",
    help="Register a sheet that somebody has signed, instead of your own word.",
)
@click.option("--by", "author", metavar="PERSON", help="For --paper: who signed the sheet.")
@click.option(
    "--by-role",
    "author_role",
    metavar="ROLE",
    help="For --paper: in which role. For --sheet: with the box of this role only.",
)
@click.option("--code", metavar="CODE", help="For --paper: the code or digest on the sheet.")
@click.option("--yes", is_flag=True, help="Do not show the changes and ask.")
def command(
    settings: Settings,
    asked: Asked,
    ids: tuple[str, ...],
    meaning: str,
    comment: str,
    sheet: Path | None,
    paper: Path | None,
    author: str | None,
    author_role: str | None,
    code: str | None,
    yes: bool,
) -> None:
    """Say that you have prepared, reviewed or approved exactly the committed text of documents.

    Shows what has changed since the revision in force and asks before it signs. ID is a document,
    or `authority`, `policy` or `waivers`. What you sign is one record for all IDs.

    With --sheet it prints a sheet for the documents instead, with a box for each signature that is
    missing. With --paper you vouch for a sheet that was signed: it counts when two people have
    registered the same scan of it, neither of them its signer. The code on the sheet must be that
    of exactly the committed texts. Of the scan only the SHA-256 is kept in the record.
    """
    from qms_docs.words.evidence import Meaning
    from qms_docs.work import decide

    if sheet is not None:
        others = {"--paper": paper, "--by": author, "--code": code, "--comment": comment}
        others |= {"--key": asked.key, "--as": asked.role, "--on-behalf-of": asked.on_behalf_of}
        _write_sheet(settings, ids, Meaning(meaning), author_role, sheet, others)
        return
    case = decide.case(settings.repository(), asked.now)
    signed = None
    if (paper, author, author_role, code) != (None, None, None, None):
        scan, person, role = _signed_by(paper, author, author_role)
        acts = decide.acts_of(decide.candidates(case, ids), Meaning(meaning))
        signed = _registered(settings, case, acts, scan, code, person, role, asks=not yes)
    if not yes:
        _confirm(settings, case, ids, meaning)
    files = decide.state(case, ids, Meaning(meaning), asked, comment, signed)
    tell_written(settings, files, f"{label(meaning, settings.language)}: {', '.join(ids)}")
    if signed and not settings.json:
        click.echo(label("sheet-registered", settings.language, digest=signed.scan[:12]))


def _write_sheet(
    settings: Settings,
    ids: tuple[str, ...],
    meaning: "Meaning",
    role: str | None,
    path: Path,
    others: Mapping[str, object],
) -> None:
    """Write a sheet; `others` are the options that do not go with it."""
    from qms_docs.work import decide, paperwork

    for option, value in others.items():
        if value:
            raise QmsError("sheet-alone", option=option, ids=" ".join(ids))
    case = decide.case(settings.repository())
    made = paperwork.write(case, ids, meaning, role, path, settings.language)
    if settings.json:
        told = {"sheet": str(path), "code": made.code, "digest": made.digest}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo(label("paper-written", settings.language, path=path, code=made.code))


def _signed_by(scan: Path | None, person: str | None, role: str | None) -> tuple[Path, str, str]:
    if scan is None:
        raise QmsError("missing-option", option="--paper", example="--paper scan.pdf")
    if person is None:
        raise QmsError("missing-option", option="--by", example="--by demo-wei-lan")
    if role is None:
        raise QmsError("missing-option", option="--by-role", example="--by-role CSC-RS-01")
    return scan, person, role


def _registered(
    settings: Settings,
    case: "Case",
    acts: "tuple[Act, ...]",
    path: Path,
    code: str | None,
    person: str,
    role: str,
    *,
    asks: bool,
) -> "Paper":
    """Return what is registered: the scan, and the sheet that it shows, whose code is asked for."""
    from qms_docs.show import verdicts
    from qms_docs.words.evidence import Paper
    from qms_docs.work import paperwork

    scan = paperwork.scanned(path)
    if scan.signature or scan.is_unexamined:
        told = verdicts.signature_lines(scan.signature, scan.is_unexamined, settings.language)
        click.echo("\n".join(told), err=True)
    if code is None:
        if not asks:
            raise QmsError("missing-option", option="--code", example="--code 7K3M-Q9PD-…")
        code = click.prompt(label("ask-sheet-code", settings.language), type=str, err=True)
    return Paper(person, role, scan.digest, paperwork.registered(case, acts, scan, code))


def _confirm(settings: Settings, case: "Case", ids: tuple[str, ...], meaning: str) -> None:
    """Show what is signed, and go on only if the person says so; abort otherwise."""
    from qms_docs.show import statements

    for identification in ids:
        for text in case.texts(identification):
            before = case.standing.last(text.subject.id, text.subject.language)
            old = case.repository.read_blob(before.blob) if before else b""
            new = case.tree.read(text.path) or b""
            click.echo(statements.changes(text, before, old, new, settings.language), err=True)
    question = label("confirm-statement", settings.language, meaning=meaning, ids=", ".join(ids))
    click.confirm(question, abort=True, err=True)
