"""A throwaway manual around one text, in memory."""

from collections.abc import Mapping

from qms_docs.edges.git import Snapshot

IDENTIFICATION = "COR-TX-01"
_ROLE = "COR-RS-01"


def path_of(levels: int) -> str:
    """Return where the document stands: as many folders deep as in its own repository.

    So its addresses with `../` lead to the same places; the folders' names may be any.
    """
    return "/".join(["texts", *["folder"] * levels, f"{IDENTIFICATION}.md"])


def snapshot(path: str, body: bytes, language: str, files: Mapping[str, bytes]) -> Snapshot:
    """Return a manual whose one document has a foreign text as its body.

    `path` comes from `path_of`; `files` are those beside it, by path in the manual.
    """
    data = {
        **files,
        "manual/policy.yaml": _policy(path, language).encode(),
        f"manual/roles/{_ROLE}.md": _front_matter(_ROLE, "role", language).encode(),
        path: _front_matter(IDENTIFICATION, "text", language).encode() + body,
    }
    return Snapshot("work tree", dict.fromkeys(data, "100644"), data.__getitem__)


def _policy(path: str, language: str) -> str:
    kinds = (("role", "RS", "manual/roles"), ("text", "TX", path.rpartition("/")[0]))
    names = "{en: Corpus, zh-CN: Corpus}"
    head = (
        f"organisation: {names}\nspecimen: true\ntime_zone: UTC\nprefix: COR\n"
        f"languages: {{master: {language}, translations: []}}\n"
        f"classifications: {{public: {names}}}\nregisters: {{}}\ntypes:\n"
    )
    responsible = f"{{owner: {_ROLE}, reviewers: [{_ROLE}], approvers: [{_ROLE}]}}"
    return head + "".join(
        f"  {kind}: {{name: {names}, code: {code}, folder: {folder}, review_months: 12, "
        f"responsible: {responsible}, sections: []}}\n"
        for kind, code, folder in kinds
    )


def _front_matter(identification: str, kind: str, language: str) -> str:
    return f"""---
id: {identification}
type: {kind}
title: Corpus
language: {language}
revision: 1
owner: {_ROLE}
reviewers: [{_ROLE}]
approvers: [{_ROLE}]
effective: on-release
review_months: 12
change: {{class: major, reason: Corpus, summary: Corpus.}}
classification: public
---
"""
