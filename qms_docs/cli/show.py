"""`qms show`."""

from datetime import date

import click

from qms_docs.cli.settings import Settings, as_of_option, now, qms_command


@qms_command(
    name="show", epilog="Examples: qms show CSC-QP-12 · qms show CSC-QP-12 --as-of 2027-01-15"
)
@click.argument("identification", metavar="ID")
@as_of_option
def command(settings: Settings, identification: str, as_of: date | None) -> None:
    """Show all that is known of one document: facts, revisions and their evidence, where used.

    Of a draft also whose word is missing, and what was said and does not count. With --as-of what
    was released then, and no draft.
    """
    from qms_docs.show import dossiers
    from qms_docs.work import knowing

    known = knowing.known(settings.repository(), identification, as_of, now())
    render = dossiers.as_json if settings.json else dossiers.as_text
    click.echo(render(known.dossier, known.manual, known.digests, settings.language))
