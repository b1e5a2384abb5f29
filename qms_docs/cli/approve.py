"""`qms approve`."""

import click

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.settings import Settings
from qms_docs.text.messages import label
from qms_docs.work.asked import Asked


@deciding_command(
    name="approve",
    epilog="Examples: qms approve CSC-QP-12 · qms approve CSC-QP-12 CSC-QP-11 --meaning reviewed · "
    "qms approve authority --as CSC-RS-01",
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--meaning",
    type=click.Choice(["prepared", "reviewed", "approved", "translated", "rejected"]),
    default="approved",
    help="What you say of the text (default: approved).",
)
@click.option("--comment", default="", help="A remark that is kept with it.")
@click.option("--yes", is_flag=True, help="Do not show the changes and ask.")
def command(
    settings: Settings, asked: Asked, ids: tuple[str, ...], meaning: str, comment: str, yes: bool
) -> None:
    """Say that you have prepared, reviewed or approved exactly the committed text of documents.

    Shows what has changed since the revision in force and asks before it signs. ID is a document,
    or `authority`, `policy` or `waivers`. What you sign is one record for all IDs.
    """
    from qms_docs.words.evidence import Meaning
    from qms_docs.work import decide

    case = decide.case(settings.repository(), asked.now)
    if not yes:
        _confirm(settings, case, ids, meaning)
    files = decide.state(case, ids, Meaning(meaning), asked, comment)
    tell_written(settings, files, f"{label(meaning, settings.language)}: {', '.join(ids)}")


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
