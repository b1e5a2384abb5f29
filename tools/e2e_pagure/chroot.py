"""Debian with Pagure in a folder: set up once, then used as it is."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.demo.theatre import DemoError

SUITE = "trixie"
PACKAGES = ("pagure", "git", "sqlite3", "redis-server")
HERE = "/opt/qms-e2e"
"""Where our own files stand inside."""
_MADE = ".made-by-qms-e2e-pagure"
_NO_SERVICES = "#!/bin/sh\nexit 101\n"
"""What Debian's packages ask whether they may start a service (policy-rc.d)."""
_VARIABLES = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
    "PAGURE_CONFIG": f"{HERE}/pagure.cfg",
    "PYTHONWARNINGS": "ignore",
}


def prepared(folder: Path) -> Path:
    """Return the root of the chroot in a folder, made first if it is not there whole.

    Raises DemoError for everybody but root, without debootstrap, and for a folder of others.
    """
    root = folder / "root"
    if os.geteuid():
        raise DemoError("A chroot is for root to make and to use.")
    if (folder / _MADE).exists():
        print(f"{root} is used as it is", flush=True)
        return root
    if shutil.which("debootstrap") is None:
        raise DemoError("debootstrap is missing: apt-get install debootstrap")
    if root.exists():
        raise DemoError(f"{root} is there and not whole: remove it and start again.")
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{root}: Debian {SUITE} with {', '.join(PACKAGES)}; some minutes", flush=True)
    log = folder / "set-up.log"
    _logged(log, "debootstrap", "--variant=minbase", SUITE, str(root))
    policy = root / "usr" / "sbin" / "policy-rc.d"
    policy.write_text(_NO_SERVICES)
    policy.chmod(0o755)
    _logged(log, *inside(root, "apt-get", "install", "-y", "--no-install-recommends", *PACKAGES))
    (folder / _MADE).touch()
    return root


def inside(root: Path, *command: str) -> list[str]:
    """Return the command that runs another in the chroot, with nothing of our environment."""
    variables = (f"{name}={value}" for name, value in _VARIABLES.items())
    return ["chroot", str(root), "/usr/bin/env", "-i", *variables, *command]


def _logged(log: Path, *command: str) -> None:
    with log.open("ab") as stream:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, check=False
        )
    if done.returncode:
        raise DemoError(f"{command[0]} failed; {log} says why.")
