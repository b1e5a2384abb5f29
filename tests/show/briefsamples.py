"""Pull requests as reviewers are told of them, for tests: an honest one and a hostile one."""

from qms_docs.show.briefs import Alteration, Brief, Files, Point, Rendition, Said, Sheet, Word
from qms_docs.show.comparison import Comparison
from qms_docs.text.redline import Fact, redline
from qms_docs.text.redline.passages import DELETED, INSERTED, Passage, Run, passages
from qms_docs.words.evidence import Grade, Meaning
from qms_docs.words.printing import PrintJob

OLD = (
    '<h2 id="limits">Limits</h2>\n'
    '<p>An answer within 15 days, see <a href="#limits">here</a>.</p>\n'
)
HEAD = "0123456789abcdef" * 2 + "01234567"


def alteration(old: str = OLD, new: str = OLD.replace("15", "10"), tag: str = "en") -> Alteration:
    marked = redline(old, new)
    facts = (Fact("owner", "CSC-RS-01", "CSC-RS-02"), Fact("revision", "1", "2"))
    job = PrintJob("x.pdf", "x.md", "", {})
    return Alteration(
        tag, tuple(passages(marked.html)), Comparison(job, marked.changes, facts, marked.html)
    )


def sheet(number: int = 1, **changes: object) -> Sheet:
    given: dict[str, object] = {
        "id": f"CSC-QP-{number:02}",
        "title": "Complaint handling",
        "revision": 2,
        "before": 1,
        "grade": "minor",
        "reason": "Time limits were not stated",
        "summary": "States the time limits.",
        "words": (
            Word(Meaning.PREPARED, "", "Demo Drafter", Grade.SSH),
            Word(Meaning.REVIEWED, "CSC-RS-02 Quality", "Demo Quality", Grade.FORGE),
            Word(Meaning.APPROVED, "CSC-RS-01 Manager"),
        ),
        "lapsed": (Said(Meaning.APPROVED, "Demo Manager", Grade.FORGE),),
        "dismissed": (Said(Meaning.APPROVED, "account 7", Grade.FORGE, "account"),),
        "points": (Point("A section is missing.", "Add it.", "procedures/x.md:4"),),
        "renditions": (Rendition("zh-CN", 1, is_needed=True, is_behind=True),),
        "used_by": ("CSC-QM-01 Quality manual",),
        "readers": ("CSC-RS-02 Quality",),
        "clauses": ("ISO 9001:2015: 8.2.1",),
        "forms": ("CSC-FM-01-01 Complaint file",),
        "alterations": (alteration(),),
        "drafts": (f"CSC-QP-{number:02}.en.pdf",),
    }
    return Sheet(**{**given, **changes})  # type: ignore[arg-type]  # fields of a story


def complete(number: int) -> Sheet:
    word = Word(Meaning.APPROVED, "CSC-RS-01 Manager", "Demo Manager", Grade.PAPER)
    nothing: dict[str, object] = {"lapsed": (), "dismissed": (), "points": (), "renditions": ()}
    return sheet(number, words=(word,), **nothing)


def brief(*sheets: Sheet, language: str = "en", link: str = "", **changes: object) -> Brief:
    files = Files("review.html", link)
    found = sheets or (sheet(),)
    given = {"organisation": "Demo Bank", "repository": "demo/manual", "number": 7, "head": HEAD}
    rest = {"language": language, "sheets": found, "files": files}
    return Brief(**{**given, **rest, **changes})  # type: ignore[arg-type]  # fields of a story


def hostile(text: str, language: str = "en") -> Brief:
    """Return a pull request in which every text that it can choose is this one."""
    run = (Run(DELETED, text), Run(INSERTED, text), Run("", text), Run("format", text))
    fact = (Fact("owner", text, text), Fact("title", text, ""))
    comparison = alteration().comparison
    assert comparison is not None
    shown = Comparison(comparison.job, comparison.changes, fact, comparison.marked)
    passage = (Passage(text, run), Passage(text, run, is_moved=True))
    return brief(
        Sheet(
            id=text,
            title=text,
            revision=2,
            before=1,
            grade="major",
            reason=text,
            summary=text,
            words=(
                Word(Meaning.REVIEWED, text, text, Grade.FORGE),
                Word(Meaning.APPROVED, text),
            ),
            rejections=(Said(Meaning.REJECTED, text, Grade.FORGE),),
            lapsed=(Said(Meaning.APPROVED, text, Grade.FORGE),),
            dismissed=(Said(Meaning.APPROVED, text, Grade.FORGE, "account"),),
            points=(Point(text, text, text), Point(text, is_warning=True)),
            renditions=(
                Rendition(text, 1, True, False, text, Grade.SSH),
                Rendition("zh-CN", 1, True, True),
            ),
            used_by=(text, text),
            readers=(text,),
            clauses=(text,),
            forms=(text,),
            assessed=(text,),
            alterations=(
                Alteration(text, passage, shown),
                Alteration("", passage),
            ),
        ),
        sheet(2),
        language=language,
        organisation=text,
        elsewhere=(Point(text, text, text),),
    )
