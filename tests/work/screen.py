"""A preview under watch in a thread of the test, and what its reader sees."""

import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from unittest.mock import patch

from qms_docs.edges.git import Repository
from qms_docs.words.errors import QmsError
from qms_docs.words.printing import Printed, PrintJob
from qms_docs.work import watch
from qms_docs.work.desk import Desk
from qms_docs.work.preview import Limits
from qms_docs.work.reading import Reading
from tests.outer import Repo, wait_for

SECONDS = 20.0


class NoPress:
    """Stands in for the press: what it has printed, the test says."""

    def __init__(self, limits: Limits, tell: Callable[[], None]) -> None:
        self.tell = tell
        self.jobs: list[PrintJob] = []
        self.ready: list[tuple[PrintJob, Printed | QmsError]] = []

    def print(self, job: PrintJob) -> None:
        self.jobs.append(job)

    def deliver(self, number: int, printed: Printed | QmsError) -> None:
        """Let one of the jobs be finished."""
        self.ready.append((self.jobs[number], printed))
        self.tell()

    def finished(self) -> Iterator[tuple[PrintJob, Printed | QmsError]]:
        while self.ready:
            yield self.ready.pop(0)

    def close(self) -> None:
        pass


class Screen:
    """What a reader sees of a preview that runs."""

    def __init__(self, repo: Repo) -> None:
        self.repo = repo
        self.addresses: list[str] = []
        self.readings: list[Reading] = []
        """Each is another one: the rounds in which something had changed."""
        self.rounds = 0
        self.press: NoPress

    def note(self, reading: Reading) -> None:
        """Remember that a round has shown this."""
        self.rounds += 1
        if not self.readings or self.readings[-1] is not reading:
            self.readings.append(reading)

    def get(self, name: str) -> str:
        """Return a page as it is now."""
        address = self.addresses[0].rsplit("/", 1)[0]
        with urllib.request.urlopen(f"{address}/{name}", timeout=SECONDS) as answer:
            return str(answer.read().decode("utf-8"))

    def shows(self, name: str, text: str) -> bool:
        """Wait until a page has a text in it; tell whether it came to that."""
        return wait_for(lambda: text in self.get(name), SECONDS)

    def no_longer_shows(self, name: str, text: str) -> bool:
        """Wait until a page has a text in it no more."""
        return wait_for(lambda: text not in self.get(name), SECONDS)

    def another(self, count: int) -> bool:
        """Wait for a reading after the first `count`; tell whether it is the only one."""
        return wait_for(lambda: len(self.readings) > count, SECONDS) and self.no_more(count + 1)

    def calm(self) -> int:
        """Wait until there are no more rounds; return how many there have been."""
        while True:
            rounds = self.rounds
            if not wait_for(lambda: self.rounds > rounds, 0.6):  # noqa: B023
                return rounds

    def no_more(self, count: int) -> bool:
        """Tell whether it stays with so many readings."""
        return not wait_for(lambda: len(self.readings) > count, 1)


@contextmanager
def watched(
    repo: Repo, *ids: str, language: str = "en", quiet: float = watch.QUIET
) -> Iterator[Screen]:
    """Run `qms preview --watch` without its PDFs until the block ends.

    Where rounds are counted, a longer `quiet` makes a save one round on a busy machine too.
    """
    screen, ended = Screen(repo), threading.Event()
    original = Desk.show
    failed: Future[None] = Future()

    def show(desk: Desk, reading: Reading) -> None:
        original(desk, reading)
        screen.note(reading)

    def press(limits: Limits, tell: Callable[[], None]) -> NoPress:
        screen.press = NoPress(limits, tell)
        return screen.press

    def work() -> None:
        try:
            repository = Repository.open(repo.root)
            tell = screen.addresses.extend
            watch.run(repository, ids, Limits(), language, tell, ended.is_set)
            failed.set_result(None)
        except BaseException as error:
            failed.set_exception(error)

    with (
        patch.object(watch, "QUIET", quiet),
        patch.object(watch, "Press", press),
        patch.object(Desk, "show", show),
    ):
        thread = threading.Thread(target=work)
        thread.start()
        try:
            assert wait_for(lambda: bool(screen.addresses) or failed.done(), SECONDS)
            if failed.done():
                failed.result()
            yield screen
        finally:
            ended.set()
            repo.write("the-end.txt", "")  # something has to happen for it to be noticed
            thread.join(SECONDS)
    failed.result(0)
