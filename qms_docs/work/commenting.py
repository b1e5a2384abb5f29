"""What a reviewer is told of a pull request: written into a folder, and told in its comment."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qms_docs.edges import store
from qms_docs.edges.git import Repository
from qms_docs.forge import githubcomments
from qms_docs.judge.controlled import DATA
from qms_docs.show import briefcomment, briefpage
from qms_docs.show.briefs import Brief, Files
from qms_docs.words.errors import QmsError
from qms_docs.words.pullrequests import PullRequest
from qms_docs.work import briefing, preview
from qms_docs.work.batch import Progress
from qms_docs.work.preview import Limits

COMMENT = "comment.md"
"""The file of the comment."""
_LINK = re.compile(r"https://[A-Za-z0-9._~:/?#@!$&*+,;=%-]+")
"""What can stand in Markdown as the address of a link and ends where it should."""


@dataclass(frozen=True)
class Told:
    """What was made for the reviewers of a pull request."""

    brief: Brief
    comment: str
    marker: str
    files: tuple[Path, ...]


def tell(
    repository: Repository,
    pull: PullRequest,
    now: datetime,
    language: str,
    output: Path,
    link: str = "",
    drafts: tuple[Limits, Progress] | None = None,
) -> Told:
    """Write comment, page and draft PDFs into a folder and return them; tells nobody else.

    `link` is where readers find the folder. Without `drafts` no PDFs are printed. Raises QmsError
    as the gate does, and if the folder is not ours.
    """
    if link and not _LINK.fullmatch(link):
        raise QmsError("comment-link", url=link)
    brief = briefing.brief(repository, pull, now, language)
    store.claim_folder(output)
    printed = _printed(repository, brief, output, *drafts) if drafts else ()
    names = {path.name for path in printed}
    sheets = tuple(
        replace(each, drafts=tuple(name for name in sorted(names) if _is_of(name, each.id)))
        for each in brief.sheets
    )
    brief = replace(brief, sheets=sheets, files=Files(briefpage.NAME, link))
    marker = briefcomment.marker(brief.genesis, pull.number)
    comment = briefcomment.as_markdown(brief, marker, githubcomments.LARGEST)
    files = (output / COMMENT, output / briefpage.NAME)
    for path, text in zip(files, (comment, briefpage.as_html(brief)), strict=True):
        store.write_file(path, text.encode("utf-8"))
    return Told(brief, comment, marker, (*files, *printed))


def _is_of(name: str, identification: str) -> bool:
    return name.startswith(f"{identification}.")


def _printed(
    repository: Repository, brief: Brief, output: Path, limits: Limits, progress: Progress
) -> Iterable[Path]:
    """Print the documents of a pull request as drafts, as far as their texts are in order."""
    ids = [each.id for each in brief.sheets if each.id not in DATA and each.is_judged]
    if not ids:
        return ()
    return preview.some(repository.commit(brief.head), ids, output, limits, progress).files
