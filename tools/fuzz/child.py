"""Fuzz one target in this process: `python -m tools.fuzz.child ENGINE TARGET SECONDS FOLDER`.

A failing input is kept in FOLDER under a name that starts with the target's, and this process then
ends with another exit code than 0.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from tools.fuzz.inputs import WORDS, blown_up, changed

_HANG = 120
"""Seconds after which an input is given up as endless, while its way through the code is recorded
on a slow machine: the parent process tries it again without."""
_TRACED = 3.0
"""Seconds that an input may take meanwhile."""


def blindly(name: str, seconds: float, folder: Path) -> None:
    """Change inputs at random until the time is over; a failing one is kept, its error raised."""
    from tools.fuzz import targets

    target, chance = targets.TARGETS[name], Random()  # noqa: S311  # chance, not secrecy
    known, count = targets.seeds(target), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = changed(chance.choice(known), chance)
        if chance.random() < 0.01:
            data = blown_up(data, chance, targets.MOST_BYTES - 1)
        count += 1
        try:
            targets.run(target, data)
        except Exception:
            (folder / f"{name}-failure-{time.time_ns()}").write_bytes(data)
            raise
    print(f"stat::number_of_executed_units: {count}", file=sys.stderr)


def guided(name: str, seconds: float, folder: Path) -> None:
    """Let atheris choose the inputs; it keeps a failing one, and ends this process."""
    import atheris

    with atheris.instrument_imports(include=["qms_docs", "markdown_it", "mdit_py_plugins"]):
        from tools.fuzz import targets

    target, most = targets.TARGETS[name], targets.MOST_BYTES - 1
    corpus, words = folder / "corpus" / name, folder / "corpus" / f"{name}-words.txt"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(targets.seeds(target)):
        (corpus / f"seed-{number}").write_bytes(data)
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    words.write_text("".join(f'"{word}"\n' for word in quoted), "ascii")

    def change(data: bytes, size: int, seed: int) -> bytes:
        chance = Random(seed)  # noqa: S311  # chance, not secrecy
        if chance.random() < 0.002:
            return blown_up(data, chance, min(size, most))
        return bytes(atheris.Mutate(data, size))

    options = [
        f"-max_total_time={max(1, int(seconds))}", f"-max_len={most}", f"-dict={words}",
        f"-timeout={_HANG}", f"-artifact_prefix={folder}/{name}-", "-print_final_stats=1",
        "-rss_limit_mb=4000",
    ]  # fmt: skip
    read = _reader(lambda data: targets.run(target, data, _TRACED))
    atheris.Setup([sys.argv[0], *options, str(corpus)], read, custom_mutator=change)
    atheris.Fuzz()


def _reader(read: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Return a function that atheris can call: it looks into the code of what it is given."""

    def one_input(data: bytes) -> None:
        read(data)

    return one_input


ENGINES = {"blindly": blindly, "guided": guided}

if __name__ == "__main__":
    ENGINES[sys.argv[1]](sys.argv[2], float(sys.argv[3]), Path(sys.argv[4]))
