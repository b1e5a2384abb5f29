"""`qms release`."""

import click

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.settings import Settings
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.work.asked import Asked


@deciding_command(
    name="release",
    epilog="Exit codes: 0 released, 1 something is missing, 2 could not run.\n\n"
    "Examples: qms release CSC-QP-12 · qms release --set 'issue 123' · qms release authority",
)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--set", "set_", metavar="NAME", help="All documents whose `change.request` is NAME.")
def command(settings: Settings, asked: Asked, ids: tuple[str, ...], set_: str | None) -> int:
    """Let documents take effect, all of them or none, in every language that belongs to them.

    Nothing is written if anything is missing; the list says what. At the end stand the controlled
    copies that must be recalled when the release takes effect.
    """
    from qms_docs.show.output import finding_lines
    from qms_docs.work import decide, recalling

    case = decide.case(settings.repository(), asked.now)
    ids = (*ids, *(decide.members(case, set_) if set_ else ()))
    if not ids:
        raise QmsError("missing-option", option="ID", example="qms release CSC-QP-12")
    files, findings = decide.release(case, ids, asked)
    if findings:
        for finding in findings:
            click.echo("\n".join(finding_lines(finding, settings.language)))
        click.echo(label("nothing-released", settings.language))
        return 1
    message = f"{label('message-release', settings.language)} {', '.join(ids)}"
    tell_written(settings, files, message, recall=recalling.by_release(case, ids))
    return 0
