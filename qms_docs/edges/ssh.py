"""Sign with a person's SSH key: through `ssh-keygen`, which asks for passphrases itself.

The private key is never read here. Nothing of the repository is run: programs come from absolute
folders of the search path, and they run in a folder of their own.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from qms_docs.text import sshsig
from qms_docs.words.errors import QmsError

_LARGEST = 64 * 1024
_SECONDS = 10.0
"""What an agent may take to say which keys it holds."""
_HANDED_ON = (
    "HOME", "SSH_AUTH_SOCK",
    # To ask for a passphrase, or for the touch of a security key, outside the terminal.
    "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY",
    "XDG_RUNTIME_DIR",
    # The library through which a security key is reached, where it is not the usual one.
    "SSH_SK_PROVIDER",
)  # fmt: skip


def sign(message: bytes, key: Path | str, namespace: str = sshsig.NAMESPACE) -> str:
    """Return the signature of a message, armoured.

    `key` is the file of a private key, or of a public one whose private half lies beside it or in
    the agent; as a text it is the line of a public key in the agent. `ssh-keygen` may ask for a
    passphrase or a touch, on the terminal, and says there in its own words what is wrong.

    Raises QmsError if nothing could be signed. Whose signature it is, `sshsig.verify` tells.
    """
    held = agent_keys()
    with tempfile.TemporaryDirectory(prefix="qms-sign-") as name:
        folder = Path(name)
        file = _written(key, folder) if isinstance(key, str) else _found(key)
        text = folder / "message"
        text.write_bytes(message)
        done = subprocess.run(  # noqa: S603  # no shell
            [_program("ssh-keygen"), "-q", "-Y", "sign", "-n", namespace, "-f", file, text],
            stdin=None if os.isatty(0) else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(),
            check=False,
        )
        signature = text.with_name("message.sig")
        if done.returncode or not signature.is_file():
            raise _refusal(key, held)
        return signature.read_text("ascii", "replace")


def agent_keys() -> tuple[str, ...]:
    """Return the lines of the keys in the agent that may be used; none if there is no agent.

    Raises QmsError for an agent that does not answer.
    """
    if not os.environ.get("SSH_AUTH_SOCK"):
        return ()
    try:
        done = subprocess.run(  # noqa: S603  # no shell
            [_program("ssh-add"), "-L"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QmsError("silent-ssh-agent") from error
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return tuple(key for line in lines if (key := sshsig.key_line(line)))


def public_key(path: Path) -> str:
    """Return the line of the public key in a file, or of the private key of which the file is.

    Raises QmsError if there is no such file, or no public key that may be used.
    """
    text = _read(path)
    if "PRIVATE KEY-----" in text:
        text = _read(path.with_name(f"{path.name}.pub"))
    key = sshsig.key_line(text)
    if key is None:
        raise QmsError("unfit-ssh-key", path=path)
    return key


def _read(path: Path) -> str:
    try:
        with _found(path).open("rb") as stream:
            return stream.read(_LARGEST).decode("utf-8", "replace")
    except OSError as error:
        raise QmsError("unreadable-file", path=path, detail=error.strerror) from error


def _found(path: Path) -> Path:
    """Return the place of a key from the top; raises QmsError if there is no such file."""
    place = Path(os.path.expanduser(path)).absolute()  # noqa: PTH111  # raises for no home
    if not place.is_file():
        raise QmsError("no-ssh-key", path=path)
    return place


def _written(line: str, folder: Path) -> Path:
    """Write a public key into a file, as `ssh-keygen` wants it; raises QmsError if it is none."""
    key = sshsig.key_line(line)
    if key is None:
        raise QmsError("not-in-ssh-agent", fingerprint=line)
    file = folder / "key.pub"
    file.write_text(f"{key}\n", "ascii")
    return file


def _refusal(key: Path | str, held: tuple[str, ...]) -> QmsError:
    """Tell why nothing was signed, by what is known of the key: not by words meant for people."""
    try:
        line = (sshsig.key_line(key) or "") if isinstance(key, str) else public_key(key)
    except QmsError:
        line = ""
    if line in held:
        return QmsError("ssh-agent-refused", fingerprint=sshsig.fingerprint(line))
    if isinstance(key, str):
        return QmsError("not-in-ssh-agent", fingerprint=sshsig.fingerprint(key))
    return QmsError("unusable-ssh-key", path=key.with_name(key.name.removesuffix(".pub")))


def _program(name: str) -> str:
    program = shutil.which(name, path=_search_path())
    if program is None:
        raise QmsError("no-openssh", program=name)
    return program


def _search_path() -> str:
    """Return the search path without what depends on the folder in which one is."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if Path(folder).is_absolute())


def _environment() -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    return {**kept, "PATH": _search_path(), "LC_ALL": "C.UTF-8"}
