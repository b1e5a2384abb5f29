"""GitLab and Gitea over HTTP: pages, limits, failures, and what only seems to be an answer."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from qms_docs.edges import http
from qms_docs.forge import gitea, gitlab
from qms_docs.forge.forges import FORGES, Forge
from qms_docs.text import schema
from qms_docs.words import pullrequests
from qms_docs.words.errors import QmsError
from qms_docs.words.pullrequests import PullRequest
from tests.forge import gitea_server as tea
from tests.forge import gitlab_server as lab
from tests.forge.loopback import TOKEN, Answer, Stand, running

KINDS = {
    "gitlab": (gitlab, lab.gitlab, lab.PATH, lab.NAME, "/api/v4"),
    "gitea": (gitea, tea.gitea, tea.PATH, tea.NAME, "/api/v1"),
}
LIST = {"gitlab": f"{lab.PATH}/notes", "gitea": f"{tea.PATH}/reviews"}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return str(request.param)


@pytest.fixture
def stand(kind: str) -> Iterator[Stand]:
    with running(KINDS[kind][1]()) as told:
        yield told


def asked(kind: str, stand: Stand, waits: list[float] | None = None) -> PullRequest:
    forge, _, _, name, folder = KINDS[kind]
    wait = (waits if waits is not None else []).append
    return forge.asked(forge.service(f"{stand.url}{folder}", TOKEN, wait), name, 7)


def refused(kind: str, stand: Stand, waits: list[float] | None = None) -> QmsError:
    with pytest.raises(QmsError) as raised:
        asked(kind, stand, waits)
    assert TOKEN not in repr(raised.value)
    return raised.value


def test_what_is_told_online_is_what_a_file_tells(kind: str, stand: Stand) -> None:
    assert len(asked(kind, stand).reviews) == 2


@pytest.mark.parametrize("largest", [1, 2, 3])
def test_all_pages_are_read(kind: str, stand: Stand, largest: int) -> None:
    whole = asked(kind, stand)
    stand.largest = largest
    assert asked(kind, stand) == whole


def test_a_rejection_behind_drafts_of_others_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    drafts = [tea.review(n, 12, "PENDING") for n in range(1, 6)]
    told = {**tea.whole(), "reviews": [*drafts, tea.review(9, 11, "REQUEST_CHANGES")]}
    with running(tea.gitea(told)) as stand:
        stand.largest = 2
        assert [each.id for each in asked("gitea", stand).reviews] == [9]


@pytest.mark.parametrize("headers", [{}, {"X-Total-Count": "-1"}, {"X-Next-Page": "1"}])
def test_a_list_that_does_not_say_how_it_goes_on_is_none(
    kind: str, stand: Stand, headers: dict[str, str]
) -> None:
    stand.first[LIST[kind]] = [Answer([], headers=headers)]
    assert refused(kind, stand).key == "forge-field"


def test_a_list_that_grows_meanwhile_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(tea.gitea()) as stand:
        stand.first[LIST["gitea"]] = [Answer([tea.review(1)], headers={"X-Total-Count": "3"})]
        assert refused("gitea", stand).values["field"] == "X-Total-Count"


def test_commits_that_are_left_out_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(tea.gitea()) as stand:
        stand.first[f"{tea.PATH}/commits"] = [Answer([], headers={"X-Total-Count": "1"})]
        assert refused("gitea", stand).values["field"] == "X-Total-Count"


def test_a_list_without_end_is_not_read(
    kind: str, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "PAGES", 1)
    stand.largest = 1
    assert refused(kind, stand).key == "service-pages"


def test_a_limit_is_waited_for_and_a_failure_asked_again(kind: str, stand: Stand) -> None:
    waits: list[float] = []
    limit = Answer({"message": "429 Too Many Requests"}, 429, {"Retry-After": "7"})
    stand.first[KINDS[kind][2]] = [limit, Answer({}, 502)]
    assert asked(kind, stand, waits).number == 7
    assert waits == [7.0, 2.0]


@pytest.mark.parametrize(("slow", "waited"), [(0.05, []), (1.5, [1.0])])
def test_a_slow_answer_is_waited_for_and_a_late_one_asked_for_again(
    kind: str, stand: Stand, monkeypatch: pytest.MonkeyPatch, slow: float, waited: list[float]
) -> None:
    monkeypatch.setattr(http, "_SECONDS", 0.5)
    path = KINDS[kind][2]
    stand.first[path] = [Answer(stand.holds[path], slow=slow)]
    waits: list[float] = []
    assert asked(kind, stand, waits).number == 7
    assert waits == waited


@pytest.mark.parametrize("status", [401, 403, 404, 302])
def test_a_refusal_is_told_at_once(kind: str, stand: Stand, status: int) -> None:
    stand.first[KINDS[kind][2]] = [Answer({}, status, {"Location": "https://example.com"})]
    waits: list[float] = []
    assert refused(kind, stand, waits).values["detail"] == f"HTTP {status}"
    assert waits == []


def test_half_an_answer_is_none(kind: str, stand: Stand) -> None:
    stand.first[LIST[kind]] = [Answer(raw=b'[{"id": 1', length=900)] * http.TRIES
    assert refused(kind, stand).key == "service-failed"


def test_a_page_that_is_no_json_is_none(kind: str, stand: Stand) -> None:
    stand.first[LIST[kind]] = [Answer(raw=b"<html>", headers={"X-Total-Count": "1"})]
    assert refused(kind, stand).key == "forge-json"


def test_another_pull_request_than_asked_is_an_error(kind: str, stand: Stand) -> None:
    path = KINDS[kind][2]
    stand.holds = {each.replace("/7", "/8"): told for each, told in stand.holds.items()}
    forge, _, _, name, folder = KINDS[kind]
    with pytest.raises(QmsError) as raised:
        forge.asked(forge.service(f"{stand.url}{folder}", TOKEN), name, 8)
    assert raised.value.key == "forge-field"
    assert path in stand.asked[0].replace("/8", "/7")


def test_another_host_than_asked_is_an_error(kind: str, stand: Stand) -> None:
    other = {"gitlab": lab.request(host="x.example.com"), "gitea": tea.pull(host="x.example.com")}
    stand.holds[KINDS[kind][2]] = other[kind]
    assert refused(kind, stand).values["value"] == "'x.example.com'"


@pytest.mark.parametrize("name", ["demo", "demo/", "../manual", "demo/a?x", "demo/a b", "/a/b"])
def test_a_name_leads_to_no_other_path(kind: str, name: str) -> None:
    forge = KINDS[kind][0]
    with pytest.raises(QmsError) as raised:
        forge.asked(forge.service("https://example.com", TOKEN), name, 7)
    assert raised.value.key == "repository-name"


@pytest.mark.parametrize("name", FORGES)
def test_a_token_with_a_line_end_is_refused(name: str) -> None:
    with pytest.raises(QmsError) as raised:
        FORGES[name].service("https://example.com", f"{TOKEN}\n")
    assert raised.value.values == {"variable": FORGES[name].TOKEN}


def test_records_and_authority_know_every_forge() -> None:
    record = schema._schema("record")["$defs"]["reviews"]["properties"]["forge"]["enum"]
    counted = schema._schema("authority")["properties"]["repositories"]["propertyNames"]["enum"]
    forges: dict[str, Forge] = dict(FORGES)
    assert list(pullrequests.FORGES) == list(forges) == record == counted


# --- a certificate of one's own ------------------------------------------------------------------


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _certified(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Return the certificate of an authority made here, and what a server of its shows."""
    now = datetime.now(UTC)
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def built(name: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        serial = x509.random_serial_number()
        begin, end = now - timedelta(days=1), now + timedelta(days=1)
        made = x509.CertificateBuilder(_named("Demo root"), _named(name), key.public_key(), serial)
        return made.not_valid_before(begin).not_valid_after(end)

    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    top = built("Demo root", root).add_extension(x509.BasicConstraints(True, None), critical=True)
    shown = built("Demo forge", leaf).add_extension(here, critical=False)
    pem = serialization.Encoding.PEM
    authority, chain = folder / "root.pem", folder / "forge.pem"
    authority.write_bytes(top.sign(root, hashes.SHA256()).public_bytes(pem))
    key = leaf.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chain.write_bytes(key + shown.sign(root, hashes.SHA256()).public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return authority, context


def test_a_certificate_authority_of_ones_own_is_believed_if_it_is_named(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, context = _certified(tmp_path)
    with running(KINDS[kind][1](), context) as stand:
        assert refused(kind, stand).key == "service-failed"
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        assert asked(kind, stand).number == 7


def test_a_proxy_of_the_environment_is_asked(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # nobody answers there
    monkeypatch.setenv("NO_PROXY", "")
    forge, _, _, name, _ = KINDS[kind]
    with pytest.raises(QmsError) as raised:
        forge.asked(forge.service("https://forge.example.com", TOKEN, lambda _: None), name, 7)
    assert "ConnectError" in raised.value.values["detail"]
