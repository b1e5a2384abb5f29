"""The one exception of the house: the tool could not answer."""

from qms_docs.words.findings import Finding


class QmsError(Exception):
    """The tool could not answer the question (exit code 2), unlike a finding, which is an answer.

    `key` names the sentence in the message catalogue (`errors.<key>`), `values` fill its
    placeholders. The text is made where the reader's language is known: at the command line.
    """

    findings: tuple[Finding, ...] = ()
    """What has to be mended before the tool can answer."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = {name: str(value) for name, value in values.items()}

    def __reduce__(self) -> tuple[object, ...]:
        # Render workers send their errors to the parent process.
        return (_rebuild, (self.key, self.values), {"findings": self.findings})


def _rebuild(key: str, values: dict[str, str]) -> QmsError:
    return QmsError(key, **values)
