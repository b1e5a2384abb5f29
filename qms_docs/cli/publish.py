"""`qms publish`."""

import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from qms_docs.cli.settings import Settings, as_of_option, now, qms_command
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError

if TYPE_CHECKING:
    from qms_docs.edges.git import Repository
    from qms_docs.edges.shelf import Edition
    from qms_docs.work.pdfsigning import Signing
    from qms_docs.work.plan import Plan, Step
    from qms_docs.work.publish import Publication


class _How(TypedDict):
    """What both a publication and its plan need to know."""

    name: str
    afresh: bool
    key: Path | None
    signing: "Signing"


@qms_command(
    name="publish",
    epilog="Exit codes: 0 published or nothing to do, 1 findings, 2 could not run.\n\n"
    "Examples: qms publish · qms publish --dry-run · qms publish --output /srv/manual",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where publications stand by number (default: public/ of the repository).",
)
@click.option(
    "--publication",
    default="",
    metavar="NAME",
    help="Which of the policy's publications (default: its first, or all documents).",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be made and why; write nothing.")
@click.option("--afresh", is_flag=True, help="Take nothing from the publication before.")
@click.option(
    "--key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="SSH key with which the manifest is signed.",
)
@click.option(
    "--sign",
    metavar="FILE|pkcs11:URI",
    default="",
    help="Key and certificate with which PDFs are signed: a PKCS#12 file, or one in a token.",
)
@click.option(
    "--timestamp",
    metavar="URL",
    default="",
    help="Time-stamp service that says when the PDFs were signed and the manifest was there.",
)
@as_of_option
@click.option("--workers", type=click.IntRange(1, 64), help="Processes (default: one a processor).")
@click.option(
    "--executor",
    default="local",
    metavar="local|dask://HOST:PORT",
    help="Where PDFs are printed: in processes here (default), or by a Dask cluster.",
)
@click.option("--timeout", type=click.FloatRange(1), default=120.0, help="Seconds for a document.")
def command(
    settings: Settings,
    output: Path | None,
    publication: str,
    dry_run: bool,
    afresh: bool,
    key: Path | None,
    sign: str,
    timestamp: str,
    as_of: date | None,
    workers: int | None,
    executor: str,
    timeout: float,
) -> int:
    """Publish what was released as controlled PDFs, with the portal, the register and a manifest.

    Each text is printed as it was released, with its approvals and its revision history, whatever
    stands in the work tree. Only what has changed is printed. The folder then has one more
    publication, under the next number, and `current` leads to it; what is not in force stands
    apart in it, marked on every page. The passphrase of --sign is read from QMS_SIGN_PASSPHRASE, or
    asked for.
    """
    import os

    from qms_docs.cli.preview import progress_bar
    from qms_docs.edges import executors
    from qms_docs.work import pdfsigning, publish

    repository = _repository(settings, output)
    folder = output or repository.root / (f"public-{publication}" if publication else "public")
    when = as_of or now()
    opened = partial(executors.opened, executor, workers or os.cpu_count() or 1, timeout)
    with pdfsigning.opened(sign, _passphrase(sign, settings), timestamp, now()) as signing:
        how = _How(name=publication, afresh=afresh, key=key, signing=signing)
        if dry_run:
            return _tell_plan(settings, publish.foreseen(repository, folder, when, **how))
        with progress_bar(settings) as progress:
            made = publish.publish(repository, folder, when, opened, progress, **how)
    return _tell(settings, made, folder)


def _repository(settings: Settings, output: Path | None) -> "Repository":
    """Return the repository; where an output is named, one without a work tree will do."""
    from qms_docs.edges.git import Repository

    try:
        return settings.repository()
    except QmsError as error:
        if error.key != "no-work-tree" or output is None:
            raise
        return Repository.bare(settings.root)


def _passphrase(sign: str, settings: Settings) -> str:
    """Return the passphrase or PIN of a key: never an option, which others could read.

    Taken out of the environment, so that no worker and no other program inherits it.
    """
    import os
    import sys

    found = os.environ.pop("QMS_SIGN_PASSPHRASE", "")
    if not sign or found or not sys.stdin.isatty():
        return found
    asked: str = click.prompt(
        label("ask-passphrase", settings.language), hide_input=True, err=True, default="",
        show_default=False,
    )  # fmt: skip
    return asked


def _tell_plan(settings: Settings, plan: "Plan") -> int:
    if settings.json:
        made = [_step(step) for step in plan.steps]
        gone = [text.file.name for text in plan.gone]
        drawn = [each.extract.name for each in plan.drawn]
        said = {"steps": made, "gone": gone, "withheld": plan.withheld, "extracts": drawn}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_plan_lines(plan, settings.language)))
    return 0


def _step(step: "Step") -> dict[str, object]:
    subject = step.wanted.issue.subject
    return {
        "name": step.wanted.name,
        "id": subject.id,
        "language": subject.language,
        "revision": subject.revision,
        "status": str(step.wanted.life.status),
        "reason": str(step.reason),
    }


def _plan_lines(plan: "Plan", language: str) -> Iterator[str]:
    for step in plan.made:
        yield f"{step.wanted.name}: {label(f'plan-{step.reason}', language)}"
    for text in plan.gone:
        yield f"{text.file.name}: {label('plan-gone', language)}"
    for each in plan.drawn:
        yield f"{each.extract.name}: {label('plan-extract', language)}"
    same = len(plan.steps) - len(plan.made)
    yield label("plan-sum", language, made=len(plan.made), same=same)
    yield from _withheld(plan, language)


def _withheld(plan: "Plan", language: str) -> Iterator[str]:
    """Yield how much was left out, so that nobody thinks it lost."""
    if plan.withheld:
        yield label("publication-withheld", language, count=plan.withheld)


def _tell(settings: Settings, made: "Publication", folder: Path) -> int:
    from qms_docs.edges.shelf import CURRENT
    from qms_docs.show.output import finding_lines

    edition, language = made.edition, settings.language
    if settings.json:
        said = {
            "publication": edition.number if edition else None,
            "name": edition.manifest.publication if edition else None,
            "withheld": made.plan.withheld,
            "is_new": made.is_new,
            "files": [text.file.name for text in edition.manifest.texts] if edition else [],
            "made": [step.wanted.name for step in made.plan.made] if made.is_new else [],
            "extracts": [each.extract.name for each in made.plan.drawn] if made.is_new else [],
            "findings": len(made.findings),
            **_signing(edition),
        }
        click.echo(json.dumps(said, ensure_ascii=False))
        return 1 if made.findings else 0
    for finding in made.findings:
        click.echo("\n".join(finding_lines(finding, language)))
    if made.findings:
        click.echo(label("not-published", language, count=len(made.findings)))
        return 1
    assert edition is not None
    name = f"{edition.number:04d}"
    if made.is_new:
        count = len(edition.manifest.texts)
        new = len(made.plan.made)
        click.echo(label("published", language, name=name, count=count, made=new))
    else:
        click.echo(label("published-already", language, name=name))
    for line in _withheld(made.plan, language):
        click.echo(line)
    click.echo(label("open-index", language, path=folder / CURRENT / "index.html"))
    click.echo(_signing_line(edition, language))
    return 0


def _signing(edition: "Edition | None") -> dict[str, object]:
    texts = edition.manifest.texts if edition else ()
    return {
        "signed": sum(text.unsigned is not None for text in texts),
        "manifest_signed": bool(edition and edition.seal()),
        "manifest_stamped": bool(edition and edition.stamp()),
    }


def _signing_line(edition: "Edition", language: str) -> str:
    """Return what of a publication is signed, and what is not."""
    said = _signing(edition)
    count = len(edition.manifest.texts)
    pdfs = label("signed-pdfs" if said["signed"] else "signed-pdfs-none", language,
                 signed=said["signed"], count=count)  # fmt: skip
    kind = {
        (False, False): "no",
        (True, False): "yes",
        (False, True): "stamp",
        (True, True): "both",
    }[bool(said["manifest_signed"]), bool(said["manifest_stamped"])]
    return f"{pdfs}{label('semicolon', language)}{label(f'signed-manifest-{kind}', language)}"
