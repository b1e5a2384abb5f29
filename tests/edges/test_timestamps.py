"""Time stamps: what a service answers is examined before it is believed."""

import hashlib
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import tsp
from pyhanko.sign.timestamps import DummyTimeStamper

from qms_docs.edges import timestamps
from qms_docs.edges.timestamps import Service
from qms_docs.words.errors import QmsError
from tests.edges.signers import DAY, NOW, Change, clock, honest, owner, rsa_key

MESSAGE = b'{"format":"qms-publication-v1"}\n'


def digest(message: bytes = MESSAGE) -> bytes:
    return hashlib.sha256(message).digest()


def of_another(request: tsp.TimeStampReq, stamper: DummyTimeStamper) -> bytes:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest(b"another")}
    request["message_imprint"] = tsp.MessageImprint(imprint)
    return honest(request, stamper)


def replayed(request: tsp.TimeStampReq, stamper: DummyTimeStamper) -> bytes:
    request["nonce"] = 7
    return honest(request, stamper)


def refused(request: tsp.TimeStampReq, stamper: DummyTimeStamper) -> bytes:
    return bytes.fromhex("3005 3003 020102")  # rejection


def tampered(request: tsp.TimeStampReq, stamper: DummyTimeStamper) -> bytes:
    answer = bytearray(honest(request, stamper))
    place = answer.index(digest())
    said = answer.index(b"20", place + 32)  # the year, in the signed time
    answer[said : said + 2] = b"19"
    return bytes(answer)


def test_an_honest_stamp_is_read_again_without_the_service() -> None:
    with clock() as running:
        answer = timestamps.asked(Service(running.url, NOW), digest())
    found = timestamps.read(answer, MESSAGE)
    assert found is not None
    assert found.authority == "Example Clock"
    assert abs(found.instant - datetime.now(UTC)) < timedelta(minutes=10)
    assert timestamps.read(answer, MESSAGE + b" ") is None


@pytest.mark.parametrize(
    "answer",
    [of_another, replayed, refused, tampered]
    + [lambda *_, said=said: said for said in (b"", b"<html>", b"0" * 99_999)],
)
def test_a_service_that_lies_is_not_believed(answer: Change) -> None:
    with clock(answer) as running, pytest.raises(QmsError, match="stamp-wrong"):
        timestamps.asked(Service(running.url, NOW), digest())


def test_a_service_with_the_wrong_day_is_not_believed() -> None:
    with clock(now=NOW - 2 * DAY) as running, pytest.raises(QmsError, match="stamp-wrong"):
        timestamps.asked(Service(running.url, NOW), digest())


def test_a_certificate_for_documents_stamps_no_time() -> None:
    who = owner("Example Publisher", key=rsa_key())
    with clock(certificate=who) as running, pytest.raises(QmsError, match="stamp-wrong"):
        timestamps.asked(Service(running.url, NOW), digest())


def test_a_service_that_is_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timestamps, "SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(QmsError, match="stamp-unreachable"):
            timestamps.asked(Service(url, NOW), digest())


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://clock.example", "clock.example", "-"])
def test_only_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(QmsError, match="stamp-address"):
        Service(url, NOW)


@pytest.mark.parametrize("cut", [0, 1, 100, 1000])
def test_no_bytes_make_it_stumble(cut: int) -> None:
    with clock() as running:
        answer = timestamps.asked(Service(running.url, NOW), digest())
    assert timestamps.read(answer[:cut], MESSAGE) is None
    assert timestamps.read(answer + b"\0", MESSAGE) is None


def test_another_program_believes_the_stamp(tmp_path: Path) -> None:
    with clock() as running:
        answer = timestamps.asked(Service(running.url, NOW), digest())
        running.owner.pem(tmp_path / "tsa.pem")
    (tmp_path / "manifest.json").write_bytes(MESSAGE)
    (tmp_path / "manifest.json.tsr").write_bytes(answer)
    command = ["openssl", "ts", "-verify", "-data", "manifest.json", "-in", "manifest.json.tsr"]
    done = subprocess.run(
        [*command, "-CAfile", "tsa.pem", "-untrusted", "tsa.pem"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in done.stdout + done.stderr
