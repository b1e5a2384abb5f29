"""Stub."""

import subprocess
import tempfile
from pathlib import Path

from qms_docs.text import sshsig


def sign(message: bytes, key: Path | str, namespace: str = sshsig.NAMESPACE) -> str:
    """Sign."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "m"
        file.write_bytes(message)
        subprocess.run(
            ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", namespace, str(file)],
            check=True,
            capture_output=True,
        )
        return (Path(folder) / "m.sig").read_text()


def agent_keys() -> tuple[str, ...]:
    """Keys."""
    return ()


def public_key(path: Path) -> str:
    """Key."""
    return sshsig.key_line(Path(str(path) + ".pub").read_text()) or ""
