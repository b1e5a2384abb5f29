"""Stands in for the PDF engine in the tests of the press: the text of a job says what happens."""

from pathlib import Path

from qms_docs.words.errors import QmsError
from qms_docs.words.printing import Printed, PrintJob


def start() -> None:
    """Be ready at once."""


def render(job: PrintJob) -> Printed:
    what, _, value = job.html.partition(" ")
    if what == "hang":
        Path(value).touch()
        while True:
            sum(range(1000))
    if what == "refuse":
        raise QmsError("render-failed", name=job.path, detail="refused")
    if what == "no-engine":
        raise QmsError("no-pdf-engine", detail="there is none")
    return Printed(job.name, job.path, f"printed {job.html}".encode(), 1)
