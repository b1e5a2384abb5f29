"""7xx: a record is known by one entry of its register (ISO 9001:2015, 7.5.3.2)."""

from collections.abc import Iterator

from qms_docs.judge import reviews
from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual


@rule("QMS708", "template-without-entry", basis="ISO 9001:2015 7.5.3.2", requires=("QMS106",))
def template(manual: Manual) -> Iterator[Finding]:
    """A form's template and its entry in the register are not one thing.

    Why:
        The template says what is filled in; the entry says who keeps the filled-in form, where and
        how long. A form that is filled in and kept by nobody is no evidence, and two titles for one
        identification make two forms of it.
    Bad:
        procedures/forms/CSC-FM-12-01.md, and no CSC-FM-12-01 in manual/forms.yaml
    Good:
        - id: CSC-FM-12-01
          title: {en: Complaint file}
    """
    policy = manual.policy
    for register in policy.registers:
        if register.key not in policy.template_registers or register.code not in manual.registers:
            continue
        entries = {entry.id: entry for entry in manual.entries if entry.register == register.key}
        for document in manual.documents:
            if document.control.type != register.key:
                continue
            entry, place = entries.get(document.id), document.source.place
            values = {"id": document.id, "file": register.file}
            if entry is None:
                if document.is_master:
                    yield Finding("QMS708", place("id"), "entry", values)
            elif document.title != entry.title.get(document.language):
                listed = entry.title.get(document.language, "\u2013")
                values |= {"title": document.title, "listed": listed, "place": str(entry.place)}
                yield Finding("QMS708", place("title"), "named", values)


@rule("QMS710", "check-overdue", basis="ISO 9001:2015 7.5.3.2")
def check_overdue(manual: Manual) -> Iterator[Finding]:
    """Nobody has looked in time whether an external document has a newer edition.

    Why:
        Laws, rules of the regulator and standards change without telling anybody. The register
        says how often somebody looks, and when that was done last.
    Bad:
        check_months: 6
        checked: 2026-01-10      (nine months ago)
    Good:
        check_months: 6
        checked: 2026-09-01
    """
    for external in manual.externals.values() if manual.as_of else ():
        assert manual.as_of is not None
        due = reviews.after_months(external.checked, external.check_months)
        if due < manual.as_of.date():
            values = {"id": external.id, "date": due.isoformat()}
            yield Finding("QMS710", external.places["checked"], values=values)


RULES = (template, check_overdue)
