"""Parameters: `{{name}}` in a text, and the file that gives the names their values."""

import re
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from qms_docs.text.yamltext import YamlText
from qms_docs.words.parameters import Parameter

# Also what is no name, so that it is refused instead of printed with its braces.
_QUOTE = re.compile(r"\{\{[ \t]*([^{}\n]{1,100}?)[ \t]*\}\}")


def plugin(markdown: MarkdownIt) -> None:
    """Read `{{name}}` as a token `parameter`: its content is the name, its markup as typed."""
    markdown.inline.ruler.after("text", "parameter", _quote)


def _quote(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos, state.posMax):
        return False
    found = _QUOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("parameter", "", 0)
        token.content, token.markup = found[1], found[0]
    state.pos = found.end()
    return True


def parameters_of(yaml: YamlText) -> Iterator[Parameter]:
    """Yield the parameters of a file that follows its schema."""
    assert isinstance(yaml.value, dict)
    for name, fields in yaml.value["parameters"].items():
        yield Parameter(
            name=name,
            title=fields["title"],
            value=_values(fields["value"]),
            unit=fields.get("unit", {}),
            owner=fields["owner"],
            source=fields["source"],
            place=yaml.places["parameters", name],
            places={field: yaml.places["parameters", name, field] for field in fields},
            adopter=fields.get("adopter", False),
        )


def _values(value: object) -> Mapping[str, str]:
    named = value if isinstance(value, dict) else {"": value}
    return {language: str(typed) for language, typed in named.items()}
