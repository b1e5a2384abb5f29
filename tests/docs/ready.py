"""Commands that need not start from nothing: each is a process that begins with all imported."""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from qms_docs.cli.main import run

_CLI = Path(sys.modules[run.__module__].__file__ or "").parent
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [
        __name__,
        *(f"qms_docs.cli.{file.stem}" for file in sorted(_CLI.glob("*.py"))),
        "git",
        "jsonschema_rs",
        "qms_docs.rules.registry",
        "qms_docs.text.markdown",
    ]
)


def told(words: list[str], folder: Path, env: Mapping[str, str], said: Path) -> tuple[int, str]:
    """Run a command in a folder; exit code and what it wrote into the file `said`."""
    said.write_text("", "utf-8")
    process = _CONTEXT.Process(target=_become, args=(words, folder, env, said))
    process.start()
    process.join(120)
    process.kill()  # if it still runs
    process.join()
    assert process.exitcode is not None
    return process.exitcode, said.read_text("utf-8")


def _become(words: list[str], folder: Path, env: Mapping[str, str], said: Path) -> None:
    """Be what a shell would start."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    output = os.open(said, os.O_WRONLY | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.argv = words
    run()
