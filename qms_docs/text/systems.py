"""The file of systems: values out of YAML that has passed `systems.schema.json`."""

from collections.abc import Iterator

from qms_docs.text.yamltext import YamlText
from qms_docs.words.systems import Evidence, System

PATH = "manual/systems.yaml"


def systems_of(yaml: YamlText) -> Iterator[System]:
    """Yield the systems of a file that follows its schema."""
    assert isinstance(yaml.value, dict)
    for key, fields in yaml.value["systems"].items():
        yield System(
            key=key,
            title=fields["title"],
            evidence=tuple(
                _evidence(name, rules, yaml, ("systems", key, "evidence", name))
                for name, rules in fields["evidence"].items()
            ),
            place=yaml.places["systems", key],
        )


def _evidence(name: str, rules: list[str], yaml: YamlText, key: tuple[str | int, ...]) -> Evidence:
    identification, _, table = name.partition("#")
    return Evidence(identification, table, tuple(rules), yaml.places[key])
