"""What is known of something that is no document, as text and as JSON."""

import json

from qms_docs.judge.subjects import Subject
from qms_docs.show.terminal import visible
from qms_docs.text.messages import label


def as_text(subject: Subject, language: str) -> str:
    """Return a subject for a terminal."""
    lines = [f"{subject.name} {subject.title}", ""]
    lines += [f"  {label(key, language)}: {words}" for key, words in subject.facts.items() if words]
    lines += [f"  {label('place', language)}: {subject.place}"]
    lines += ["", f"  {label('where-used', language)}:"]
    lines += [f"    {place}" for place in subject.used_at] or [f"    {label('none', language)}"]
    return "\n".join(map(visible, lines))


def as_json(subject: Subject) -> str:
    """Return a subject as JSON; names of fields are the same in every language."""
    data = {
        "name": subject.name,
        "title": subject.title,
        **{key.replace("-", "_"): words or None for key, words in subject.facts.items()},
        "place": str(subject.place),
        "used_at": [str(place) for place in subject.used_at],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
