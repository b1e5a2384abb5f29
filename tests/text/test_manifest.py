"""The manifest of a publication: read back as it was written, and nothing else is read."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import codes, manifest
from qms_docs.words.copies import CopyState
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Subject
from qms_docs.words.model import Status
from qms_docs.words.publication import (
    Manifest,
    PublishedCopy,
    PublishedExtract,
    PublishedFile,
    PublishedText,
    Unsigned,
)

DIGEST = "ab" * 32
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
INSTANTS = st.datetimes(timezones=st.just(UTC))
AHEAD = b'"next_transition":"2026-03-02T09:00:00+00:00"'


def text(
    begin: datetime = NOW,
    end: datetime | None = None,
    name: str = "CSC-QP-01.en.pdf",
    title: str = "Complaints",
) -> PublishedText:
    return PublishedText(
        file=PublishedFile(name, DIGEST, 10),
        subject=Subject("CSC-QP-01", "en", 1, DIGEST),
        title=title,
        classification="internal",
        begin=begin,
        end=end,
        ended_by=Status.SUPERSEDED if end else None,
        review_due=NOW,
        release=DIGEST,
        evidence=(DIGEST,),
        commit="1" * 40,
        code="7K3M-Q9PD-X2VZ",
        pages=2,
        inputs=DIGEST,
        master=DIGEST,
    )


def of(*texts: PublishedText, copies: tuple[PublishedCopy, ...] = ()) -> Manifest:
    page = PublishedFile("index.html", DIGEST, 3)
    return Manifest("staff", DIGEST, "1" * 40, NOW, texts, (page,), {"qms-docs": "x"}, copies)


def extract(end: datetime | None = None) -> PublishedExtract:
    return PublishedExtract(
        file=PublishedFile("extracts/role-card-CSC-RS-02.en.pdf", "ef" * 32, 5),
        kind="role-cards",
        id="CSC-RS-02",
        language="en",
        title="Quality Manager",
        classification="internal",
        begin=NOW,
        end=end,
        content="12" * 32,
        code=codes.of_content("12" * 32),
        pages=1,
        inputs=DIGEST,
        earlier=("34" * 32,),
    )


def controlled(
    state: CopyState = CopyState.HELD, until: datetime | None = None, holder: str = "Front desk"
) -> PublishedCopy:
    subject = Subject("CSC-QP-01", "en", 1, DIGEST)
    return PublishedCopy(17, subject, holder, "cd" * 32, state, NOW, until, DIGEST)


@given(INSTANTS, st.none() | INSTANTS, st.text(st.characters(exclude_categories=["Cs"])))
def test_a_manifest_is_read_as_it_was_written(
    begin: datetime, end: datetime | None, title: str
) -> None:
    drawn = replace(extract(end), title=title)
    made = replace(of(text(begin, end, title=title)), extracts=(drawn,))
    assert manifest.read(manifest.written(made)) == made


SIGNED = replace(text(), unsigned=Unsigned("cd" * 32, 7, "ef" * 32))


def test_what_is_signed_is_read_as_it_was_written() -> None:
    made = of(SIGNED)
    assert manifest.read(manifest.written(made)) == made
    assert SIGNED.build == PublishedFile("CSC-QP-01.en.pdf", "cd" * 32, 7)
    assert text().build == text().file


@given(st.sampled_from(CopyState), st.none() | INSTANTS, st.text(max_size=80))
def test_copies_are_read_as_they_were_written(
    state: CopyState, until: datetime | None, holder: str
) -> None:
    made = of(text(), copies=(controlled(state, until, holder),))
    assert manifest.read(manifest.written(made)) == made


def test_the_next_transition_is_the_first_one_ahead() -> None:
    days = [NOW + timedelta(days=count) for count in (-3, 5, 9)]
    assert of(text(days[0], days[2]), text(days[1])).next_transition == days[1]
    assert of(text(days[0])).next_transition is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"format":"qms-publication-v1"}',
        manifest.written(of(text())).replace(b'"status":"effective"', b'"status":"released"'),
        manifest.written(of(text())).replace(b"internal", b"intern\\u0061l"),
        manifest.written(of(text()))[:-1],
        manifest.written(of(text())).replace(b'"pages":2', b'"pages":2.0'),
        manifest.written(of(SIGNED)).replace(b'"signer":"' + b"ef" * 32 + b'"', b'"signer":null'),
        manifest.written(of(text())).replace(b'"signer":null', b'"signer":"' + b"ef" * 32 + b'"'),
        manifest.written(of(text(name="../up.pdf"))),
        manifest.written(of(text(name="/etc/passwd"))),
        manifest.written(of(text(name="a/../../up.pdf"))),
        manifest.written(of(text())).replace(b'"next_transition":null', AHEAD),
        json.dumps(json.loads(manifest.written(of(text()))), indent=1).encode(),
    ],
)  # fmt: skip
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(QmsError, match="no-manifest"):
        manifest.read(data)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_stumble(data: bytes) -> None:
    with pytest.raises(QmsError, match="no-manifest"):
        manifest.read(data)


def test_the_status_follows_the_clock() -> None:
    hour = timedelta(hours=1)
    published = text(NOW, NOW + hour)
    assert published.status_at(NOW - hour) is Status.RELEASED
    assert published.status_at(NOW) is Status.EFFECTIVE
    assert published.status_at(NOW + hour) is Status.SUPERSEDED
