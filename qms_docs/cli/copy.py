"""`qms copy`."""

from datetime import date
from pathlib import Path

import click

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.settings import Settings, parsed_when
from qms_docs.text.messages import label
from qms_docs.words.evidence import CopyEvent
from qms_docs.work.asked import Asked


@click.group(
    name="copy",
    epilog="Examples: qms copy issue CSC-QP-12 --holders desks.txt --until 2027-12-31 · "
    "qms copy return CSC-QP-12 3 4",
)
def command() -> None:
    """Hand out controlled copies with a number, and record what became of them.

    `qms list copies` says who holds which, and which must be recalled.
    """


@deciding_command(
    name="issue",
    epilog="Exit codes: 0 issued, 2 could not run.\n\n"
    "Example: qms copy issue CSC-QP-12 --holders desks.txt --until 2027-12-31 "
    "--purpose 'Where there is no screen'",
)
@click.argument("identification", metavar="ID")
@click.option(
    "--holders",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    required=True,
    help="Posts or desks, one a line, in UTF-8; # begins a comment.",
)
@click.option("--language", "tag", metavar="TAG", help="Which text (default: the master).")
@click.option(
    "--until",
    metavar="DATE|INSTANT",
    callback=lambda _ctx, _parameter, value: parsed_when(value) if value else None,
    help="When the copies expire: the end of a day, or an instant with offset.",
)
@click.option("--purpose", metavar="TEXT", default="", help="What they are for.")
@click.option(
    "--publication",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the PDF is taken from (default: public/current).",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Folder of the work tree for the PDFs (default: public/copies).",
)
def issue(
    settings: Settings,
    asked: Asked,
    identification: str,
    holders: Path,
    tag: str | None,
    until: date | None,
    purpose: str,
    publication: Path | None,
    output: Path | None,
) -> None:
    """Make a numbered PDF for each holder, and the record of it.

    Each shows what is in force. Holders are posts or desks, never private persons. Each page bears
    the number, the holder, when it was issued and when it expires. Hand the copies over when the
    record has landed on main, and publish anew: from then on `qms verify` knows them.
    """
    from qms_docs.work import copying

    repository = settings.repository()
    public = repository.root / "public"
    order = copying.Order(
        id=identification,
        language=tag,
        holders=copying.holders(holders),
        until=until,
        purpose=purpose,
        publication=publication or public / "current",
        output=output or public / "copies",
    )
    made = copying.issue(repository, order, asked)
    message = label("message-copies", settings.language, id=identification)
    tell_written(settings, made.records, message, pdfs=made.pdfs)


def _event(name: str, event: CopyEvent, story: str) -> click.Command:
    """Return the command that records one thing that happened to copies."""

    def run(
        settings: Settings, asked: Asked, identification: str, numbers: tuple[int, ...]
    ) -> None:
        from qms_docs.work import copying

        files = copying.happened(settings.repository(), event, identification, numbers, asked)
        told = label(f"copy-{event}", settings.language)
        names = ", ".join(map(str, numbers))
        tell_written(settings, files, f"{identification} {names}: {told}")

    run.__doc__ = story
    epilog = f"Exit codes: 0 recorded, 2 could not run.\n\nExample: qms copy {name} CSC-QP-12 3 4"
    kind = click.IntRange(1, 999_999)
    numbers = click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=kind)
    named = click.argument("identification", metavar="ID")
    return deciding_command(name=name, epilog=epilog)(named(numbers(run)))


command.add_command(issue)
for _made in (
    _event("return", CopyEvent.RETURNED, "Record that copies have come back."),
    _event("destroyed", CopyEvent.DESTROYED, "Record that copies were destroyed."),
    _event("lost", CopyEvent.LOST, "Record that copies cannot be found; one may still turn up."),
    _event("recall", CopyEvent.RECALLED, "Record that copies were asked back from their holders."),
):
    command.add_command(_made)
