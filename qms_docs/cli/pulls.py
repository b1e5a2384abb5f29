"""What the commands that ask a forge have in common: which one, and which pull request."""

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qms_docs.words.errors import QmsError
from qms_docs.words.pullrequests import FORGES

if TYPE_CHECKING:
    from qms_docs.edges.http import Service
    from qms_docs.words.pullrequests import PullRequest


def from_forge(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name a pull request; the function receives it as `pull`."""
    options = (
        click.option(
            "--forge",
            "kind",
            type=click.Choice(FORGES),
            default=FORGES[0],
            show_default=True,
            help="Whose pull request it is; Forgejo is asked as Gitea is.",
        ),
        click.option(
            "--event",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="JSON with what the forge answers about the pull request, all of it.",
        ),
        click.option(
            "--pr", "number", type=click.IntRange(1), metavar="N", help="Ask the forge, not a file."
        ),
        click.option("--repository", metavar="OWNER/NAME", help="For --pr: where it is."),
        click.option(
            "--url",
            metavar="URL",
            default="",
            help="For --pr: the REST interface to ask (default: that of github.com or gitlab.com).",
        ),
    )

    @functools.wraps(command)
    def run(
        *arguments: Any,
        kind: str,
        event: Path | None,
        number: int | None,
        repository: str | None,
        url: str,
        **rest: Any,
    ) -> Any:
        pull = _pull_request(kind, event, number, repository, url)
        return command(*arguments, pull=pull, **rest)

    wrapped: Callable[..., Any] = run
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped


def _pull_request(
    kind: str, event: Path | None, number: int | None, repository: str | None, url: str
) -> "PullRequest":
    from qms_docs.edges import store
    from qms_docs.forge.forges import FORGES as MODULES

    forge = MODULES[kind]
    if event is not None and number is None:
        return forge.from_event(store.read_file(event), str(event))
    if event is not None or number is None:
        raise QmsError("missing-option", option="--event / --pr", example="--event reviews.json")
    if repository is None:
        raise QmsError("missing-option", option="--repository", example="--repository demo/manual")
    return forge.asked(service(kind, url), repository, number)


def service(kind: str, url: str) -> "Service":
    """Return a forge to ask, with the token from the environment; raises QmsError."""
    from qms_docs.forge.forges import FORGES as MODULES

    forge = MODULES[kind]
    if not (url or forge.ADDRESS):
        raise QmsError("missing-option", option="--url", example="--url https://HOST/api/v1")
    return forge.service(url or forge.ADDRESS, os.environ.get(forge.TOKEN, ""))
