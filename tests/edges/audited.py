"""Print jobs while every access to files, network and programs is written down.

A program: reads pickled jobs from standard input, writes what happened as JSON. An audit hook
cannot be taken away again, so it must not come into the process of the tests.
"""

import json
import pickle
import sys

from qms_docs.edges import pdf

_WATCHED = ("open", "socket.", "urllib.", "subprocess.", "os.exec", "os.system", "os.posix_spawn")


def main() -> None:
    jobs = pickle.load(sys.stdin.buffer)
    pdf.render(jobs[0])  # imports what an engine needs
    events: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_WATCHED):
            events.append(f"{event} {arguments[0] if arguments else ''}")

    sys.addaudithook(watch)
    answers = []
    for job in jobs:
        events.clear()
        printed = pdf.render(job)
        answers.append(
            {
                "events": list(events),
                "troubles": [trouble.detail for trouble in printed.troubles],
                "pdf": printed.data.hex(),
            }
        )
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
