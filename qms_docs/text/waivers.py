"""`manual/waivers.yaml`: what follows its schema, as values."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from qms_docs.text.yamltext import YamlText
from qms_docs.words.waivers import Waiver

PATH = "manual/waivers.yaml"


def waivers_of(yaml: YamlText) -> Iterator[Waiver]:
    """Yield the waivers in a file that follows its schema."""
    fields = yaml.value
    assert isinstance(fields, dict)
    entries: list[Mapping[str, Any]] = fields["waivers"]
    for number, each in enumerate(entries):
        yield Waiver(
            code=each["code"],
            document=each["document"],
            reason=each["reason"],
            owner=each["owner"],
            expires=date.fromisoformat(each["expires"]),
            place=yaml.places["waivers", number, "code"],
        )
