"""Write the parts of the documentation that the code already knows.

    python tools/docs.py            writes docs/rules.md and the help texts in docs/commands.md
    python tools/docs.py --check    writes nothing, names the files that are out of date

Exit code: 0 up to date (or written), 1 out of date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from click.testing import CliRunner

from qms_docs.cli.main import qms
from qms_docs.rules import RULES, Rule
from qms_docs.words.findings import Severity

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = ROOT / "docs" / "commands.md"
RULEBOOK = ROOT / "docs" / "rules.md"
WIDTH = 78
"""Columns of a help text: what click uses on a terminal of 80 columns."""

_HELP = re.compile(r"^\$ qms (.*--help)\n(?:(?!```).*\n)*", re.M)
_RULEBOOK_HEAD = """\
# Rules

<!-- Made by tools/docs.py from the docstrings in qms_docs/rules/. Do not edit. -->

Every finding of `qms check` and `qms preview` belongs to one of these rules. Most count as errors;
a warning announces what lies in the future and leaves the exit code as it is. No setting switches a
rule off; a released [waiver](waivers.md) accepts a finding in one document for a time.
`qms explain CODE` prints the same page on a terminal, with `--lang zh-CN` in Chinese. A code is
never given to another rule.

"Needs" names rules that must have nothing to say about a file before this one is tried on it, so
that one cause gives one finding. The last column names the clause that the rule supports.

"""


def help_text(arguments: str) -> str:
    """Return what `qms` prints for arguments that end with `--help`."""
    result = CliRunner().invoke(qms, arguments.split(), prog_name="qms", terminal_width=WIDTH)
    if result.exit_code:
        raise SystemExit(f"qms {arguments}: {result.output}")
    return result.output


def with_help(page: str) -> str:
    """Return a page with the output of every `$ qms … --help` in it renewed."""
    return _HELP.sub(lambda match: f"$ qms {match[1]}\n{help_text(match[1])}", page)


def rulebook(rules: Sequence[Rule] = RULES) -> str:
    """Return the page of all rules: a table, then why, bad and good of each."""
    rows = ["| Code | Name | What it finds | Needs | Clause |", "|---|---|---|---|---|"]
    rows += [_row(rule) for rule in rules]
    pages = "\n".join(line for rule in rules for line in _page(rule))
    return _RULEBOOK_HEAD + "\n".join(rows) + "\n\n" + pages


def _row(rule: Rule) -> str:
    link = f"[{rule.code}](#{rule.code.lower()}-{rule.name})"
    needs = ", ".join(rule.requires) or "–"
    return f"| {link} | {rule.name} | {rule.title} | {needs} | {rule.basis} |"


def _page(rule: Rule) -> Iterator[str]:
    warning = " (A warning.)" if rule.severity is Severity.WARNING else ""
    yield f"## {rule.code} {rule.name}\n\n{rule.title}{warning}\n\n{rule.section('Why')}\n"
    for heading, part in (("Not in order", "Bad"), ("In order", "Good")):
        yield f"{heading}:\n\n```text\n{rule.section(part)}\n```\n"


def stale() -> dict[Path, str]:
    """Return the files that are out of date, each with the text it should have."""
    wanted = {COMMANDS: with_help(COMMANDS.read_text("utf-8")), RULEBOOK: rulebook()}
    return {
        path: text
        for path, text in wanted.items()
        if not path.exists() or path.read_text("utf-8") != text
    }


def main(arguments: Sequence[str]) -> int:
    """Write or, with `--check`, only name the stale files; return the exit code."""
    old = stale()
    if "--check" in arguments:
        for path in old:
            print(f"{path.relative_to(ROOT)} is out of date: run python tools/docs.py")
        return int(bool(old))
    for path, text in old.items():
        path.write_text(text, "utf-8")
        print(f"{path.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
