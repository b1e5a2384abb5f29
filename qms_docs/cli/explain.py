"""`qms explain`."""

import json

import click

from qms_docs.cli.settings import Settings, qms_command
from qms_docs.words.errors import QmsError


@qms_command(name="explain", epilog="Example: qms explain QMS501")
@click.argument("code", required=False)
def command(settings: Settings, code: str | None) -> None:
    """Explain a rule: why it exists, a bad and a good example. Without a CODE: list all rules."""
    from qms_docs.rules import RULES, find
    from qms_docs.show import rulebook

    language = settings.language
    if code is None:
        rules = RULES
    else:
        rule = find(code)
        if rule is None:
            raise QmsError("no-rule", code=code)
        rules = (rule,)
    if settings.json:
        data = [rulebook.as_data(rule, language) for rule in rules]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif code is None:
        click.echo(rulebook.index(rules, language))
    else:
        click.echo(rulebook.page(rules[0], language))
