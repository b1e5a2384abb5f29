"""The portal's page on which a reader asks whether something is in force."""

import json
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from qms_docs.show import templates, verdicts
from qms_docs.text import codes
from qms_docs.text.messages import label
from qms_docs.words.copies import CopyState
from qms_docs.words.policy import Policy
from qms_docs.words.publication import PublishedCopy, PublishedExtract, PublishedText

_WORDS = (
    "in-force", "reissued", "not-yet", "superseded", "withdrawn", "expired", "unknown", "instead",
    "recalled", "current", "outdated", *(f"copy-{state}" for state in CopyState),
)  # fmt: skip


def page(
    texts: Sequence[PublishedText],
    policy: Policy,
    language: str,
    banner: str,
    copies: Iterable[PublishedCopy] = (),
    extracts: Iterable[PublishedExtract] = (),
) -> bytes:
    """Return the page, which holds all the facts that it answers from and needs no server."""
    mark = "" if language == policy.master else f".{language}"
    braces = {"date": "{date}", "text": "{text}"}
    data = {
        "texts": [_facts(text, language) for text in texts],
        "copies": list(_copies(copies, texts, language)),
        "extracts": [_extract(each, language) for each in extracts],
        "words": {word: label(f"verdict-{word}", language, **braces) for word in _WORDS},
    }
    html = templates.render(
        "verify.html",
        language=language,
        policy=policy,
        index=f"index{mark}.html",
        banner=banner,
        data=_embedded(data),
    )
    return html.encode("utf-8")


def _facts(text: PublishedText, language: str) -> dict[str, object]:
    subject = text.subject
    return {
        "codes": [text.code, codes.of_content(subject.content)],
        "id": subject.id,
        "language": subject.language,
        "named": verdicts.named(text, language),
        "begin": text.begin.isoformat(),
        "end": text.end.isoformat() if text.end else None,
        "ended_by": str(text.ended_by) if text.ended_by else None,
        "file": text.file.name,
        "content": subject.content,
        "digests": sorted({text.file.sha256, text.build.sha256, text.master}),
        "earlier": list(text.earlier),
    }


def _extract(extract: PublishedExtract, language: str) -> dict[str, object]:
    earlier = extract.earlier
    return {
        "codes": [extract.code],
        "old": [codes.of_content(digest) for digest in earlier],
        "named": verdicts.named_extract(extract, language),
        "language": extract.language,
        "begin": extract.begin.isoformat(),
        "end": extract.end.isoformat() if extract.end else None,
        "file": extract.file.name,
        "digests": sorted({extract.file.sha256, extract.content}),
        "earlier": list(earlier),
    }


def _copies(
    copies: Iterable[PublishedCopy], texts: Sequence[PublishedText], language: str
) -> Iterator[dict[str, object]]:
    """Yield the controlled copies, each with the place of its text in the list of texts."""
    places = {text.subject: number for number, text in enumerate(texts)}
    for copy in copies:
        if copy.subject in places:
            yield {
                "digest": copy.sha256,
                "text": places[copy.subject],
                "named": label("verdict-copy", language, number=copy.number, holder=copy.holder),
                "state": str(copy.state),
                "until": copy.until.isoformat() if copy.until else None,
            }


def _embedded(data: object) -> Markup:
    """Return JSON that can stand in a script element, whatever titles have in them."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  # nothing can end the element
