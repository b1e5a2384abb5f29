"""Generate a manual for measuring: a Git repository that passes `qms check`, the same every time.

    python -m tools.bench.corpus FOLDER --documents 200

Every document stands there in English and in Chinese and is made of sentences, tables, lists,
notes and footnotes with links to others. A procedure prints on about eight pages, an instruction
or role sheet on two or three.
"""

import argparse
import os
import random
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.bench.prose import HERE, LANGUAGES, Entry, Text, form_names, path_of, words

FEWEST, MOST = 10, 19_000
_COMMITTER = {"NAME": "Generator", "EMAIL": "generator@example.com", "DATE": "2026-01-01T00:00Z"}


def write(folder: Path, documents: int, seed: int = 1) -> None:
    """Write a manual of about so many document files into an empty folder and commit it.

    Raises ValueError for a number that the numbering of documents cannot hold.
    """
    if not FEWEST <= documents <= MOST:
        raise ValueError(f"not between {FEWEST} and {MOST} documents: {documents}")
    entries = tuple(entries_of(documents // len(LANGUAGES)))
    for path, text in _files(entries, seed):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    _commit(folder)


def untouched() -> dict[str, str]:
    """Return an environment for Git without what this machine has set for it."""
    environment = {name: value for name, value in os.environ.items() if name[:4] != "GIT_"}
    return environment | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def _commit(folder: Path) -> None:
    """Make the folder a repository."""
    environment = untouched()
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_{fact}": value for fact, value in _COMMITTER.items()}
    for line in ("init --quiet --initial-branch=main", "add --all", "commit --quiet --message=All"):
        words = ["git", "-c", "gc.auto=0", *line.split()]
        subprocess.run(words, cwd=folder, env=environment, check=True)


def entries_of(number: int, *, long: bool = False) -> Iterator[Entry]:
    """Yield so many documents: the manual, roles, procedures, and instructions below these.

    With `long` there are as many procedures as can be, which print on about eight pages.
    """
    roles = min(len(words()["roles"]), max(3, number // 10))
    procedures = min(99, number - 1 - roles if long else max(1, number // 8))
    instructions = number - 1 - roles - procedures
    titles = words()["titles"]
    yield Entry("GEN-QM-01", "manual", ("Quality manual", "质量手册"), None, ())
    for index in range(roles):
        title = words()["roles"][index]
        yield Entry(f"GEN-RS-{index + 1:02}", "role", title, "GEN-QM-01", ("GEN-FM-01-01",))
    for index in range(procedures):
        stem, title = f"{index + 1:02}", titles[index % len(titles)]
        forms = tuple(f"GEN-FM-{stem}-{form + 1:02}" for form in range(len(words()["forms"])))
        yield Entry(f"GEN-QP-{stem}", "procedure", title, "GEN-QM-01", forms)
    for index in range(instructions):
        stem, title = f"{index % procedures + 1:02}", titles[index // procedures % len(titles)]
        name = f"GEN-WI-{stem}-{index // procedures + 1:02}"
        form = f"GEN-FM-{stem}-01"
        yield Entry(name, "instruction", title, f"GEN-QP-{stem}", (form,))


def _files(entries: Sequence[Entry], seed: int) -> Iterator[tuple[str, str]]:
    yield from data_files(entries)
    for entry in entries:
        for column, language in enumerate(LANGUAGES):
            text = text_of(entry, entries, column, seed)
            yield path_of(entry, language), text.front_matter() + text.body()


def text_of(entry: Entry, entries: Sequence[Entry], column: int, seed: int) -> Text:
    """Return what writes one document in one language."""
    # The same random numbers for both languages make the one a translation of the other.
    chance = random.Random(f"{seed} {entry.id}")  # noqa: S311  # no secret
    return Text(entry, entries, column, chance)


def data_files(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Yield path and text of everything that is no document."""
    forms = (form for entry in entries if entry.type == "procedure" for form in entry.forms)
    yield "manual/policy.yaml", (HERE / "policy.yaml").read_text("utf-8")
    yield "manual/forms.yaml", "entries:\n" + "".join(map(_form, forms))
    yield "manual/external.yaml", _EXTERNAL
    yield "manual/map.svg", MAP


def _form(form: str) -> str:
    english, chinese = form_names(form)
    title = f"{{en: {english}, zh-CN: {chinese}}}"
    return f"  - {{id: {form}, title: {title}, owner: GEN-RS-02, retention_months: 36}}\n"


_EXTERNAL = """entries:
  - {id: GEN-EX-01, title: {en: Rules of trade, zh-CN: 行业规则}, edition: "1", owner: GEN-RS-01}
"""
MAP = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60" width="400" height="60">
<path d="M5 5h180v50h-180zM215 5h180v50h-180zM185 30h30" fill="none" stroke="#333"/></svg>
"""


def main() -> None:
    """Write a manual from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="an empty folder")
    parser.add_argument("--documents", type=int, default=200, help="document files (default: 200)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    write(options.folder, options.documents, options.seed)


if __name__ == "__main__":
    main()
