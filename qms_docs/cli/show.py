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

    In place of a document also a form, an external document, an objective, the name of a parameter,
    a clause (7.5.3.2, or iso18295-1-2017:4.4) or a system (S09): its facts, and where it is used.
    """
    from qms_docs.judge.subjects import Subject
    from qms_docs.show import dossiers, subjects
    from qms_docs.work import knowing

    language = settings.language
    known = knowing.known(settings.repository(), identification, as_of, now(), language)
    if isinstance(known, Subject):
        as_json = subjects.as_json(known) if settings.json else None
        click.echo(as_json or subjects.as_text(known, language))
        return
    render = dossiers.as_json if settings.json else dossiers.as_text
    click.echo(render(known.dossier, known.manual, known.digests, settings.language))
