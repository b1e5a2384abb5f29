"""Those who sign PDFs in tests: keys and certificates made on the spot, and a time-stamp service.

The service is a real one on this machine: HTTP and RFC 3161, with pyHanko's own stamper behind it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
PASSPHRASE = "correct horse"

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


@dataclass
class Owner:
    """Who has a key and a certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def p12(self, path: Path, passphrase: str = PASSPHRASE) -> Path:
        """Write key and certificate into a file."""
        locked = serialization.BestAvailableEncryption(passphrase.encode())
        data = pkcs12.serialize_key_and_certificates(
            b"key", self.key, self.certificate, None, locked
        )
        path.write_bytes(data)
        return path

    def pem(self, path: Path) -> Path:
        """Write the certificate into a file."""
        path.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return path


def owner(
    name: str = "Example Publisher",
    *,
    begin: datetime = NOW - DAY,
    end: datetime = NOW + 30 * DAY,
    usage: str | None = "digital_signature",
    key: Key | None = None,
    issuer: Owner | None = None,
    authority: bool = False,
    stamps: bool = False,
) -> Owner:
    """Make a key pair with a certificate: its own, or one that somebody has issued."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
    )
    if usage:
        builder = builder.add_extension(_usage(usage), critical=True)
    if stamps:
        use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(use, critical=True)
    by = issuer.key if issuer else key
    digest = None if isinstance(by, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return Owner(key, builder.sign(by, digest))


def _usage(only: str) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: name == only for name in names})


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


@dataclass
class Clock:
    """A time-stamp service that is running."""

    url: str
    owner: Owner
    asked: list[bytes] = field(default_factory=list)
    """The requests that it got."""


Change = Callable[[tsp.TimeStampReq, DummyTimeStamper], bytes]


def honest(request: tsp.TimeStampReq, stamper: DummyTimeStamper) -> bytes:
    return bytes(stamper.request_tsa_response(request).dump())


@contextmanager
def clock(
    answer: Change = honest,
    *,
    now: datetime | None = None,
    certificate: Owner | None = None,
) -> Iterator[Clock]:
    """Run a time-stamp service on this machine; `answer` is what it does with a request."""
    who = certificate or owner("Example Clock", key=rsa_key(), stamps=True)
    private = who.key.private_bytes(
        Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(who.der), keys.PrivateKeyInfo.load(private), fixed_dt=now
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            running.asked.append(data)
            said = answer(tsp.TimeStampReq.load(data), stamper)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    running = Clock(f"http://127.0.0.1:{server.server_port}/", who)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
