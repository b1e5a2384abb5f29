"""What there is to say of a forge's settings, for people and for programs."""

import json
from collections.abc import Iterator, Sequence

from qms_docs.show.terminal import visible
from qms_docs.text import messages
from qms_docs.text.messages import label
from qms_docs.words.forgesettings import Remark, Settings, Weight


def as_text(settings: Settings, remarks: Sequence[Remark], language: str) -> str:
    """Return what is not in order, what could not be seen, and what is good to know."""
    return "\n".join(visible(line) for line in _lines(settings, remarks, language))


def as_json(settings: Settings, remarks: Sequence[Remark], language: str) -> str:
    """Return the same as one object, with a list for each kind."""
    data: dict[str, object] = {
        "repository": settings.name,
        "number": settings.number,
        "branch": settings.branch,
    }
    for weight in Weight:
        data[f"{weight}s" if weight is Weight.FINDING else str(weight)] = [
            _entry(each, language) for each in remarks if each.weight is weight
        ]
    return json.dumps(data, ensure_ascii=False)


def _entry(remark: Remark, language: str) -> dict[str, str]:
    sentence, hint = messages.of_remark(remark, language)
    return {"key": remark.key, "message": sentence, "hint": hint}


def _lines(settings: Settings, remarks: Sequence[Remark], language: str) -> Iterator[str]:
    number = str(settings.number)
    facts = {"name": settings.name, "number": number, "branch": settings.branch}
    yield label("doctor-repository", language, **facts)
    lead = label("hint", language) + label("colon", language)
    counts = {}
    for weight in Weight:
        found = [each for each in remarks if each.weight is weight]
        counts[str(weight)] = len(found)
        if found:
            yield label(f"doctor-{weight}", language)
        for each in found:
            sentence, hint = messages.of_remark(each, language)
            yield f"  - {sentence}"
            yield f"    {lead}{hint}"
    if counts[Weight.FINDING] or counts[Weight.UNSEEN]:
        count, unseen = counts[Weight.FINDING], counts[Weight.UNSEEN]
        yield label("doctor-different", language, count=count, unseen=unseen)
    else:
        yield label("doctor-in-order", language)
