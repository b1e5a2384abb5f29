"""`qms preview --watch` as a real process."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.outer import Repo, environment, heed_interrupts, processes, wait_for


@dataclass
class Program:
    """A preview that runs."""

    process: "subprocess.Popen[str]"
    addresses: list[str]
    mark: str
    """Stands in the environment of the process and of all that it starts."""

    def get(self, end: str = "") -> bytes:
        """Return the first page, or what has its name and this end."""
        with urllib.request.urlopen(self.addresses[0] + end, timeout=60) as answer:
            data = answer.read()
            assert isinstance(data, bytes)
            return data

    def processes(self) -> list[str]:
        """Return the commands of the process and of all that it has started and that still run."""
        return processes(self.mark)

    def cpu(self) -> float:
        """Return the seconds of processor time that the process has used."""
        times = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        """End it as Ctrl-C does, which reaches its workers too; exit code and outputs."""
        (os.killpg if how == signal.SIGINT else os.kill)(self.process.pid, how)
        out, errors = self.process.communicate(timeout=30)
        return self.process.returncode, out, errors


@contextmanager
def program(repo: Repo, folder: Path, *arguments: str, **changes: str) -> Iterator[Program]:
    """Run it until the block ends; temporary files go to `folder`."""
    folder.mkdir()
    mark = f"QMS_TEST_MARK={folder}"
    marked = {**dict([mark.split("=", 1)]), "TMPDIR": str(folder), **changes}
    process = subprocess.Popen(
        [sys.executable, "-m", "qms_docs", "preview", *arguments, "--watch", "--json"],
        cwd=repo.root,
        env=environment(repo.home, **marked),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    with process:
        try:
            assert process.stdout is not None
            yield Program(process, json.loads(process.stdout.readline())["addresses"], mark)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
                process.communicate(timeout=30)
    assert wait_for(lambda: not processes(mark))
