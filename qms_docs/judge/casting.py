"""For which role a click counts: a review on a forge says neither role nor meaning."""

from collections.abc import Iterable, Mapping

from qms_docs.words.evidence import Meaning

Part = tuple[Meaning, str]
"""What a click says, and in which role."""


def cast(
    people: Mapping[str, tuple[str, ...]], reviewed: Iterable[str], approved: Iterable[str]
) -> Mapping[str, Part]:
    """Return what the click of each person (person → roles held) counts for.

    Each person has one part: an approval if they hold a role that must approve, else a review. Who
    could play one part only chooses first, so that nobody takes what only another can give. Who
    holds no role that is needed has no part.
    """
    parts: tuple[Part, ...] = (
        *((Meaning.APPROVED, role) for role in approved),
        *((Meaning.REVIEWED, role) for role in reviewed),
    )
    options = {
        person: fitting
        for person, roles in people.items()
        if (fitting := [part for part in parts if part[1] in roles])
    }
    found: dict[str, Part] = {}
    for person in sorted(options, key=lambda each: len(options[each])):
        free = (part for part in options[person] if part not in found.values())
        found[person] = next(free, options[person][0])
    return found
