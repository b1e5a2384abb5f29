"""7xx, from 721 on: things and documents are called by their names (ISO 9001:2015, 7.5.2 a)."""

from collections import defaultdict
from collections.abc import Iterator

from qms_docs.judge import terms
from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual

_BASIS = "ISO 9001:2015 7.5.2 a"


@rule("QMS721", "untranslated-term", basis=_BASIS, requires=("QMS108", "QMS115"))
def untranslated(manual: Manual) -> Iterator[Finding]:
    """One language uses a term of the glossary where the other uses another word.

    Why:
        What is called by two words is taken for two things. The glossary says for each term what it
        is called, and in which languages its use is compared, paragraph by paragraph, item by item,
        row by row. It also names other forms that may stand for it.
    Bad:
        master: Opens a work order.    translation: 登记任务单。
    Good:
        master: Opens a work order.    translation: 开立工单。
    """
    for document, case, lapse in terms.missing(manual):
        values = {"word": lapse.word, "instead": lapse.instead, "line": str(lapse.line)}
        yield Finding("QMS721", lapse.place, case, {**values, "id": document.id})


@rule("QMS722", "avoided-word", basis=_BASIS, requires=("QMS101",))
def avoided(manual: Manual) -> Iterator[Finding]:
    """A text uses a word that the glossary says must not be used for a thing.

    Why:
        Words that nearly mean the same lead to two rules for one thing, and to searches that find
        half of it. What the word means is decided once, by the owner of the term.
    Bad:
        Opens a ticket for the customer.
    Good:
        Opens a work order for the customer.
    """
    for lapse in terms.avoided(manual):
        yield Finding("QMS722", lapse.place, values={"word": lapse.word, "instead": lapse.instead})


@rule("QMS723", "other-title", basis=_BASIS, requires=("QMS101",))
def other_title(manual: Manual) -> Iterator[Finding]:
    """Behind an identification stands another title than that of the document or form.

    Why:
        Number and title are written together so that a slip in one of them shows. A form that is
        called by an old or a different title is looked for in vain.
    Bad:
        CSC-FM-12-01 Complaint form    (in the register: Complaint file)
    Good:
        CSC-FM-12-01 Complaint file
    """
    for lapse in terms.misnamed(manual):
        yield Finding("QMS723", lapse.place, values={"word": lapse.word, "instead": lapse.instead})


@rule("QMS724", "contradictory-glossary", basis=_BASIS)
def contradictory(manual: Manual) -> Iterator[Finding]:
    """The glossary gives one word to two things, or avoids a word that it uses.

    Why:
        Whoever looks a word up must find one answer.
    Bad:
        - {term: {en: work order, zh-CN: 工单}, avoid: {zh-CN: [投诉单]}, owner: CSC-RS-04}
        - {term: {en: complaint sheet, zh-CN: 投诉单}, owner: CSC-RS-10}
    Good:
        each word in one entry only, as the term, as another form or as one to avoid
    """
    seen: dict[tuple[str, str], str] = defaultdict(str)
    for term in manual.glossary or ():
        for language in term.compared:
            if language not in term.words:
                place = term.places["compared",]
                yield Finding("QMS724", place, "language", {"language": language})
        for field in ("term", "also", "avoid"):
            for key, word in sorted(term.said(field)):
                language = str(key[1])
                if seen[language, word]:
                    yield Finding("QMS724", term.places[key], "twice", {"word": word})
                seen[language, word] = field


RULES = (untranslated, avoided, other_title, contradictory)
