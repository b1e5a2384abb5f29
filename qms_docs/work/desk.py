"""The documents that are open on the screen, each as it is now or as it was when last in order."""

from collections.abc import Mapping
from dataclasses import replace

from qms_docs.edges.server import PageServer
from qms_docs.rules import rendering
from qms_docs.show import live, page
from qms_docs.show.comparison import Side, compare
from qms_docs.show.live import Sheet
from qms_docs.words.errors import QmsError
from qms_docs.words.model import Document
from qms_docs.words.printing import IMAGE_TYPES, Printed, PrintJob
from qms_docs.work import diagrams
from qms_docs.work.press import Press
from qms_docs.work.reading import LastCommit, Reading, sentence

_HTML = "text/html; charset=utf-8"
_CONTENTS = (".html", ".redline", ".pdf")


class Desk:
    """Keeps the pages of the server up to date."""

    def __init__(
        self, server: PageServer, press: Press, last_commit: LastCommit, language: str
    ) -> None:
        self._server = server
        self._press = press
        self._last_commit = last_commit
        self._language = language
        self._reading: Reading | None = None
        self._paths: Mapping[str, str] = {}
        self._sheets: dict[str, Sheet] = {}
        self._readings: dict[str, Reading] = {}
        self._jobs: dict[str, PrintJob] = {}
        self._unprinted: list[PrintJob] = []
        self._compared: dict[str, tuple[object, object]] = {}

    def show(self, reading: Reading) -> None:
        """Bring what is open up to date: pages first, then redlines, then PDFs."""
        if reading is not self._reading:
            self._offer(reading)
        for job, printed in self._press.finished():
            self._deliver(job, printed)
        opened = self._server.open_pages()
        names = [name for name in (*self._paths, *self._sheets) if _is_open(name, opened)]
        for name in dict.fromkeys(names):
            if self._readings.get(name) is not reading:
                self._readings[name] = reading
                sheet = self._sheets.get(name) or Sheet(name, self._paths[name])
                self._sheets[name] = self._renewed(sheet, reading)
            self._put(name, reading)
        for name in dict.fromkeys(names):
            if f"{name}.redline" in opened:
                self._compare(name, reading)
        while self._unprinted:
            self._press.print(self._unprinted.pop(0))

    def _offer(self, reading: Reading) -> None:
        self._reading = reading
        if reading.manual:
            self._paths = live.names(reading.manual)
            self._server.put("", _HTML, live.list_page(reading.manual, self._language))
        names = (*self._paths, *self._sheets)
        self._server.offer({f"{name}{end}" for name in names for end in ("", *_CONTENTS)})

    def _renewed(self, sheet: Sheet, reading: Reading) -> Sheet:
        """Return the sheet of the current text, or the last one if there can be none."""
        manual = reading.manual
        if manual is None:
            return sheet
        if sheet.path not in manual.by_path:  # has it been renamed?
            sheet = replace(sheet, path=self._paths.get(sheet.name, sheet.path))
        document = _document(sheet, reading)
        if document is None:
            state = "broken" if sheet.path in manual.by_path else "removed"
            return replace(sheet, state=state, error=None)
        try:
            material, findings = diagrams.material([document], reading.snapshot)
            job = page.print_job(document, manual, material)
            tag = self._put_document(f"{sheet.name}.html", job)
        except Exception as error:  # whoever writes reads a sentence, and goes on writing
            self._jobs.pop(sheet.name, None)
            return replace(sheet, state="broken", error=sentence(error))
        if job == self._jobs.get(sheet.name):
            return replace(sheet, state="current")
        self._jobs[sheet.name] = job
        self._unprinted.append(job)
        return replace(
            sheet,
            title=document.title,
            state="current",
            error=None,
            html=tag,
            printing=True,
            troubles=tuple(findings),
        )

    def _compare(self, name: str, reading: Reading) -> None:
        """Show what has changed since the last commit, unless that is shown already."""
        try:
            snapshot, manual = self._last_commit.get()
            document = _document(self._sheets[name], reading)
            was = self._compared.get(name, (None, None))
            if document is None or reading.manual is None:
                return
            if was[0] is reading and was[1] is manual:
                return
            old = manual.find(document.id, document.language)
            drawn, _ = diagrams.material([old] if old else [], snapshot)
            before = Side("HEAD", manual, drawn, old)
            drawn, _ = diagrams.material([document], reading.snapshot)
            now = Side(reading.snapshot.origin, reading.manual, drawn, document)
            job = compare(before, now, self._language).job
            tag = self._put_document(f"{name}.redline", job)
            self._compared[name] = reading, manual
        except Exception as error:  # whoever writes reads a sentence, and goes on writing
            data = live.error_page(sentence(error), self._language)
            tag = self._server.put(f"{name}.redline", _HTML, data)
        self._sheets[name] = replace(self._sheets[name], redline=tag)
        self._put(name, reading)

    def _deliver(self, job: PrintJob, printed: Printed | QmsError) -> None:
        """Show a PDF, unless the text has moved on."""
        for name in [name for name, current in self._jobs.items() if current is job]:
            sheet = replace(self._sheets[name], printing=False)
            if isinstance(printed, QmsError):
                self._sheets[name] = replace(sheet, error=printed)
                continue
            tag = self._server.put(f"{name}.pdf", "application/pdf", printed.data)
            troubles = (*sheet.troubles, *rendering.unprinted(printed))
            self._sheets[name] = replace(sheet, pdf=tag, troubles=troubles)

    def _put(self, name: str, reading: Reading) -> None:
        """Show the page around a document."""
        found = reading.report.findings if reading.report else ()
        if reading.error:
            found = reading.error.findings
        data = live.sheet_page(
            self._sheets[name], reading.manual, found, reading.error, self._language
        )
        self._server.put(name, _HTML, data)

    def _put_document(self, name: str, job: PrintJob) -> str:
        """Show a document and its images; return its tag."""
        html, images = live.document_page(job)
        for image, data in images.items():
            self._server.put(image, IMAGE_TYPES[image[image.rindex(".") :].lower()], data)
        return self._server.put(name, _HTML, html)


def _is_open(name: str, opened: frozenset[str]) -> bool:
    return name in opened or any(f"{name}{end}" in opened for end in _CONTENTS)


def _document(sheet: Sheet, reading: Reading) -> Document | None:
    documents = reading.manual.documents if reading.manual else ()
    return next((item for item in documents if item.path == sheet.path), None)
