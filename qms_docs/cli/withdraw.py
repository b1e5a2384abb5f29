"""`qms withdraw`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.settings import Settings
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.work.asked import Asked

if TYPE_CHECKING:
    from qms_docs.work.recalling import Due


@deciding_command(
    name="withdraw",
    epilog="Examples: qms withdraw CSC-QP-12 --reason 'The service has ended' · "
    "qms withdraw --record 3f2a9c01 --reason 'I approved the wrong document'",
)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--record", metavar="DIGEST", help="Take back a record of your own instead.")
@click.option("--reason", metavar="TEXT", help="Why.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(
    settings: Settings,
    asked: Asked,
    ids: tuple[str, ...],
    record: str | None,
    reason: str | None,
    yes: bool,
) -> None:
    """Say that documents shall no longer be in force. Their identifications are never used again.

    It counts when all who must approve such a document have said it; at the end stand the
    controlled copies that must then be recalled. With --record: take back a statement of your own,
    or what you have recorded of copies or imported, from now on; what was released on it stays
    released.
    """
    if bool(ids) == bool(record):
        raise click.UsageError("Give IDs or --record, and not both.")
    if not reason:
        raise QmsError("missing-option", option="--reason", example="--reason 'It has ended'")
    meaning = label("withdraw" if ids else "take-back", settings.language)
    what = ", ".join(ids) or str(record)
    if not yes:
        values = {"meaning": meaning, "ids": what}
        question = label("confirm-statement", settings.language, **values)
        click.confirm(question, abort=True, err=True)
    files, recall = _written(settings, asked, ids, record or "", reason)
    tell_written(settings, files, f"{meaning}: {what}", recall=recall)


def _written(
    settings: Settings, asked: Asked, ids: tuple[str, ...], record: str, reason: str
) -> tuple[tuple[Path, ...], "Due"]:
    from qms_docs.words.evidence import Meaning
    from qms_docs.work import answers, decide, recalling

    repository = settings.repository()
    if record:
        return answers.take_back(repository, record, reason, asked), ()
    said = dict.fromkeys(ids, (Meaning.WITHDRAW, reason))
    case = decide.case(repository, asked.now)
    return decide.on_release(case, said, asked), recalling.by_withdrawal(case, ids)
