"""`qms show`."""

import click

from qms_docs.cli.settings import Settings, qms_command


@qms_command(name="show", epilog="Example: qms show CSC-QP-12")
@click.argument("identification", metavar="ID")
def command(settings: Settings, identification: str) -> None:
    """Show all that is known of one document: facts, what is missing, where it is used."""
    from qms_docs.judge import dossier
    from qms_docs.show import dossiers
    from qms_docs.work import workspace

    snapshot = settings.repository().work_tree()
    manual = workspace.load(snapshot)
    found = dossier.of(manual, identification)
    if found is None:
        raise manual.why_missing(identification)
    render = dossiers.as_json if settings.json else dossiers.as_text
    digests = dossier.digests(found, manual, snapshot.read)
    click.echo(render(found, manual, digests, settings.language))
