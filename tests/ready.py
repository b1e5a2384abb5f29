"""Commands that need not start from nothing: each is a process that begins with all imported."""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

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


def told(
    words: Sequence[str], folder: Path, env: Mapping[str, str], seconds: float = 120
) -> tuple[int, str, str]:
    """Run `qms` in a folder; exit code, standard output and standard error."""
    with TemporaryDirectory() as said:
        streams = Path(said) / "out", Path(said) / "err"
        process = _CONTEXT.Process(target=_become, args=(words, folder, dict(env), streams))
        process.start()
        process.join(seconds)
        process.kill()  # if it still runs
        process.join()
        assert process.exitcode is not None
        out, err = (stream.read_bytes().decode("utf-8") for stream in streams)
    return process.exitcode, out, err


def _become(
    words: Sequence[str], folder: Path, env: Mapping[str, str], streams: Sequence[Path]
) -> None:
    """Be what a shell would start."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    for number, file in enumerate((Path(os.devnull), *streams)):
        os.dup2(os.open(file, os.O_RDWR | os.O_CREAT), number)
    sys.argv = ["qms", *words]
    run()
