"""The command: see the package."""

import argparse
import shutil
import signal
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import tools.e2e_pagure
from tools.demo.theatre import DemoError, Theatre
from tools.e2e_pagure import chroot, forge, story


def main(arguments: list[str]) -> int:
    """Play the story; return 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(
        prog="tools/e2e-pagure",
        description=tools.e2e_pagure.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit code: 0 all is as it must be, 1 it is not. Example: tools/e2e-pagure",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("/var/tmp/qms-e2e-pagure"),  # noqa: S108  # kept from run to run, as a chroot
        help="where the chroot is, or shall be (default: %(default)s)",
    )
    folder = parser.parse_args(arguments).folder.resolve()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended
    play = Path(tempfile.mkdtemp(prefix="qms-e2e-pagure-"))
    beginning = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    theatre = Theatre(play, beginning, play / "public")
    try:
        root = chroot.prepared(folder)
        with forge.running(root, story.NAMES, play) as pagure:
            story.play(theatre, pagure)
    except DemoError as error:
        print(f"e2e-pagure: not as it must be; logs are in {play}\n{error}", file=sys.stderr)
        return 1
    shutil.rmtree(play)
    print("\ne2e-pagure: all is as it must be")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
