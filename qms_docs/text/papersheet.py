"""What an approval sheet says: which texts of which manual are signed, and nothing else.

That is the file `sheet.json` inside its PDF. The digest that is printed is the SHA-256 of the file,
and the code follows from the digest. Neither names a commit, a day or a role: the same texts have
the same sheet wherever they stand, and one changed byte of a text makes another sheet.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from qms_docs.text import codes, records
from qms_docs.words.evidence import Act, Subject

FORMAT = "qms-sheet-v1"
NAME = "sheet.json"
MOST = 200
"""Texts of one sheet: nobody has read more than that, and all fit into `pdffiles.LARGEST_FILE`."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, order=True)
class SheetText:
    """A text that is signed."""

    subject: Subject
    translates: str = ""
    """Of a translation that somebody vouches for: content digest of its master."""


@dataclass(frozen=True)
class PaperSheet:
    """The texts of one sheet."""

    manual: str
    """Digest of the genesis record."""
    texts: tuple[SheetText, ...]
    """Each once, in order."""

    @property
    def digest(self) -> str:
        """What is printed and recorded: SHA-256, in hexadecimal."""
        return hashlib.sha256(write(self)).hexdigest()

    @property
    def code(self) -> str:
        """What people type."""
        return codes.of_sheet(self.digest)


def of(manual: str, acts: Iterable[Act]) -> PaperSheet:
    """Return the sheet on which exactly this can be said, whatever it is that is said."""
    texts = {SheetText(act.subject, act.translates) for act in acts}
    return PaperSheet(manual, tuple(sorted(texts)))


def write(sheet: PaperSheet) -> bytes:
    """Return the file: canonical JSON (RFC 8785)."""
    texts = [_written(each) for each in sheet.texts]
    return records.canonical({"format": FORMAT, "manual": sheet.manual, "texts": texts}) + b"\n"


def read(data: bytes) -> PaperSheet | None:
    """Return the sheet in a file; None if it is not byte for byte what `write` would write."""
    try:
        fields = json.loads(data)
        sheet = PaperSheet(fields["manual"], tuple(map(_text, fields["texts"])))
        is_ours = _is_sound(sheet) and write(sheet) == data
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return sheet if is_ours else None


def is_named(sheet: PaperSheet, typed: str) -> bool:
    """Tell whether what a person has typed or scanned is the code or the digest of a sheet."""
    plain = "".join(typed.split()).lower()
    return codes.typed(typed) == sheet.code or plain == sheet.digest


def is_name(typed: str) -> bool:
    """Tell whether what a person has typed can be a sheet's code or digest at all."""
    code, plain = codes.typed(typed), "".join(typed.split()).lower()
    return _DIGEST.fullmatch(plain) is not None or (code is not None and codes.is_of_sheet(code))


def _written(text: SheetText) -> dict[str, object]:
    more = {"translates": text.translates} if text.translates else {}
    return {**asdict(text.subject), **more}


def _text(fields: Mapping[str, Any]) -> SheetText:
    subject = dict(fields)
    return SheetText(translates=subject.pop("translates", ""), subject=Subject(**subject))


def _is_sound(sheet: PaperSheet) -> bool:
    """Tell whether everything is of its kind, and the texts are in order and each there once."""
    words = [sheet.manual, *(each.translates for each in sheet.texts)]
    for each in sheet.texts:
        subject = each.subject
        words += [subject.id, subject.language, subject.content]
        if type(subject.revision) is not int or _DIGEST.fullmatch(subject.content) is None:
            return False
    is_plain = all(type(word) is str for word in words)
    return is_plain and bool(sheet.texts) and sheet.texts == tuple(sorted({*sheet.texts}))
