"""The options that every command understands, before or after its name."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qms_docs.words.errors import QmsError

if TYPE_CHECKING:
    from qms_docs.edges.git import Repository
    from qms_docs.words.manual import Manual


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = range(1970, 9999)


def now() -> datetime:
    """Return the present: the one place where the clock is read for evidence."""
    return datetime.now(UTC).astimezone()


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --as-of: the function receives `as_of`, a day or an instant, or None if none is named."""
    return click.option(
        "--as-of",
        metavar="DATE|INSTANT",
        envvar="QMS_AS_OF",
        callback=lambda _ctx, _parameter, value: parsed_when(value) if value else None,
        help="As of the end of a day, or of an instant with offset (default: now).",
    )(command)


def parsed_when(text: str) -> date:
    """Return a day (`2027-01-15`) or an instant with offset (`2027-01-15T09:00:00+08:00`).

    Raises QmsError for anything else: an instant without offset could mean two.
    """
    try:
        if _DAY.fullmatch(text):
            when = date.fromisoformat(text)
        else:
            when = datetime.fromisoformat(text)
            if when.tzinfo is None:
                raise ValueError(text)
    except ValueError as error:
        raise QmsError("no-instant", value=text) from error
    if when.year not in _YEARS:
        raise QmsError("no-instant", value=text)
    return when


def language_of_environment() -> str:
    """Return `zh-CN` where the locale is Chinese, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh-CN" if value.lower().startswith("zh") else "en"
    return "en"


@dataclass
class Settings:
    """What the global options say."""

    root: Path = Path()
    lang: str = ""
    json: bool = False

    @property
    def language(self) -> str:
        """The language of messages."""
        return self.lang or language_of_environment()

    def repository(self) -> "Repository":
        """Open the repository that holds the manual."""
        from qms_docs.edges.git import Repository

        return Repository.open(self.root)

    def manual(self, as_of: date | None = None) -> "Manual":
        """Load the manual from the work tree, or as it was released at the time named."""
        from qms_docs.work import history, workspace

        repository = self.repository()
        if as_of is not None:
            return history.then(repository, as_of).manual
        snapshot = repository.work_tree()
        state = history.state(repository, snapshot, now(), remembering=True)
        return workspace.load_remembering(snapshot, state)


def _remember(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    settings = ctx.ensure_object(Settings)
    given = ctx.get_parameter_source(parameter.name or "")
    if given is not click.core.ParameterSource.DEFAULT:
        setattr(settings, parameter.name or "", value)


def global_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --root, --lang and --json; commands read them with `click.pass_obj`."""
    options = (
        click.option(
            "--root",
            type=click.Path(path_type=Path),
            metavar="FOLDER",
            expose_value=False,
            callback=_remember,
            help="A folder of the manual's repository (default: this one).",
        ),
        click.option(
            "--lang",
            type=click.Choice(["en", "zh-CN"]),
            expose_value=False,
            callback=_remember,
            help="Language of messages (default: that of the locale).",
        ),
        click.option(
            "--json",
            is_flag=True,
            expose_value=False,
            callback=_remember,
            help="Print JSON.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def qms_command(**arguments: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command with the global options that receives `Settings` first."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        made: click.Command = click.command(**arguments)(global_options(click.pass_obj(function)))
        return made

    return decorate
