"""What the commands by which people decide have in common: the key, the role, the answer."""

import functools
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qms_docs.cli.settings import Settings, now, qms_command
from qms_docs.show.terminal import visible
from qms_docs.text.messages import label
from qms_docs.work.asked import Asked

if TYPE_CHECKING:
    from qms_docs.work.recalling import Due


def deciding_command(**arguments: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command that signs a record: with --key, --as and --on-behalf-of.

    The function receives `Settings` and `Asked` first.
    """
    options = (
        click.option(
            "--key",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Your SSH key (default: the one that your agent holds).",
        ),
        click.option("--as", "role", metavar="ROLE", help="The role in which you act."),
        click.option("--on-behalf-of", "behalf", metavar="PERSON", help="Who delegated the role."),
    )

    def decorate(function: Callable[..., Any]) -> click.Command:
        @functools.wraps(function)
        def run(
            settings: Settings, key: Path | None, role: str | None, behalf: str | None, **rest: Any
        ) -> Any:
            return function(settings, Asked(key, role, now(), behalf or ""), **rest)

        wrapped: Callable[..., Any] = run  # with the options that click has noted on the function
        for option in reversed(options):
            wrapped = option(wrapped)
        return qms_command(**arguments)(wrapped)

    return decorate


def tell_written(
    settings: Settings,
    files: Iterable[Path],
    message: str,
    *,
    pdfs: Iterable[Path] | None = None,
    recall: "Due | None" = None,
) -> None:
    """Say which files were written and how they come to main, and which copies must come back.

    `pdfs` were written too, and are not for main.
    """
    from qms_docs.show import copies

    paths, printed = ([os.path.relpath(file) for file in each] for each in (files, pdfs or ()))
    warn_of_lock(settings)
    if settings.json:
        data: dict[str, object] = {"files": paths}
        data |= {} if pdfs is None else {"pdfs": printed}
        data |= {} if recall is None else {"recall": copies.data(recall)}
        click.echo(json.dumps(data, ensure_ascii=False))
        return
    for path in (*printed, *paths):
        click.echo(label("created", settings.language, path=path))
    click.echo(label("commit-next", settings.language, paths=" ".join(paths), message=message))
    for line in copies.recall_lines(recall or (), settings.language):
        click.echo(visible(line))


def warn_of_lock(settings: Settings) -> None:
    """Say so if Git cannot commit now, because a Git command holds its lock or has left it."""
    lock = settings.repository().lock_file()
    if lock is not None:
        path = os.path.relpath(lock)
        click.echo(label("git-locked", settings.language, path=path), err=True)
