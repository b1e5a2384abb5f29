"""The command `qms`: its groups, loaded only when used, and the one boundary for errors."""

import gc
import importlib
import os
import signal
import sys

import click

from qms_docs import __version__
from qms_docs.cli.settings import global_options, language_of_environment
from qms_docs.words.errors import QmsError

# Command → what it does in one line; the module qms_docs.cli.<command> holds it. A table, so that
# help and start need not load any of them.
_COMMANDS = {
    "approve": "Say that you have prepared, reviewed or approved exactly this text.",
    "audit": "Walk the history of main and say what of its evidence is false or missing.",
    "check": "Say what is not in order in the documents.",
    "copy": "Hand out controlled copies with a number, and record what became of them.",
    "diff": "Show what changed in a document, word by word, as PDF or HTML.",
    "explain": "Explain a rule: why it exists, a bad and a good example.",
    "forge": "Import the reviews of a pull request as approvals, and tell whether they suffice.",
    "init": "Begin the manual: its first authority and policy, once.",
    "list": "List documents (the register) or controlled copies as table, html, csv, xlsx, json.",
    "new": "Start a new document from its type's sections, with the next free number.",
    "periodic-review": "Review what is in force: what is due, worksheets, verdicts.",
    "preview": "Print the documents as they are now, as PDF with DRAFT on every page.",
    "publish": "Publish what is in force as controlled PDFs, with portal and register.",
    "release": "Let approved documents take effect, all of them or none.",
    "revise": "Begin the next revision of documents: number, class, reason and summary.",
    "show": "Show all that is known of one document.",
    "verify": "Tell whether a PDF, a digest or a code from a page is in force.",
    "withdraw": "Say that documents shall no longer be in force, or take back your own word.",
}


class _Commands(click.Group):
    """Commands that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"qms_docs.cli.{cmd_name.replace('-', '_')}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 in order, 1 findings, 2 could not run. Example: qms check",
)
@click.version_option(__version__, prog_name="qms")
@global_options
def qms() -> None:
    """Document control for a quality manual kept as Markdown in Git."""


def run() -> None:
    """Run the command line; errors become sentences here and exit code 2."""
    # A manual becomes many small values, none of which can go before the end: looking for some all
    # the time costs a sixth of a check.
    gc.disable()
    # To be ended from outside is an exit like any other: what is under way gets tidied up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    # A search path may begin with the folder in which one is: a repository would name our programs.
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    os.environ["PATH"] = os.pathsep.join(filter(os.path.isabs, folders))
    # A file name that is no UTF-8 is told in escapes, which keeps JSON readable too.
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.reconfigure(errors="backslashreplace")
    try:
        code = qms.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except QmsError as error:
        _complain(error)
        sys.exit(2)
    except Exception as error:  # the last boundary: a user reads a sentence, never a traceback
        if "QMS_DEBUG" in os.environ:
            raise
        _complain(QmsError("unexpected", detail=f"{type(error).__name__}: {error}"))
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


def _complain(error: QmsError) -> None:
    from qms_docs.show.terminal import visible
    from qms_docs.text import messages

    language = _language()
    sentence, hint = messages.of_error(error, language)
    lead = messages.label("hint", language) + messages.label("colon", language)
    lines = [
        f"{finding.place}: {finding.code}: {messages.of_finding(finding, language)[0]}"
        for finding in error.findings
    ]
    for line in (*lines, f"qms: {sentence}", f"    {lead}{hint}"):
        click.echo(visible(line), err=True)


def _language() -> str:
    """Return the language asked for, also where parsing the options failed."""
    for option, value in zip(sys.argv, [*sys.argv[1:], ""], strict=True):
        if option == "--lang":
            return value
        if option.startswith("--lang="):
            return option.removeprefix("--lang=")
    return language_of_environment()
