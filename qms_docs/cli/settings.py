"""The options that every command understands, before or after its name."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from qms_docs.edges.git import Repository
    from qms_docs.words.manual import Manual


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

    def manual(self) -> "Manual":
        """Load the manual from the work tree."""
        from qms_docs.work import workspace

        return workspace.load(self.repository().work_tree())


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
