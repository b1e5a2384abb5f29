"""Bytes to text: UTF-8 without a byte order mark, and nothing else."""

from qms_docs.words.findings import Finding, Place

_BOM = "\ufeff"


def decode(data: bytes, path: str, code: str) -> str | Finding:
    """Return the text of a file, or why it is not a text, as a finding of the rule `code`."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        values = {"byte": f"0x{data[error.start]:02x}"}
        return Finding(code, Place(path, line), "encoding", values)
    return Finding(code, Place(path), "bom") if text.startswith(_BOM) else text
