"""`qms publish`."""

import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_docs.cli.settings import Settings, as_of_option, now, qms_command
from qms_docs.text.messages import label

if TYPE_CHECKING:
    from qms_docs.work.plan import Plan, Step
    from qms_docs.work.publish import Publication


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
    as_of: date | None,
    workers: int | None,
    executor: str,
    timeout: float,
) -> int:
    """Publish what was released as controlled PDFs, with the portal, the register and a manifest.

    Each text is printed as it was released, with its approvals and its revision history, whatever
    stands in the work tree. Only what has changed is printed. The folder then has one more
    publication, under the next number, and `current` leads to it; what is not in force stands
    apart in it, marked on every page.
    """
    import os

    from qms_docs.cli.preview import progress_bar
    from qms_docs.edges import executors
    from qms_docs.work import publish

    repository = settings.repository()
    folder = output or repository.root / (f"public-{publication}" if publication else "public")
    when = as_of or now()
    if dry_run:
        plan = publish.foreseen(repository, folder, when, name=publication, afresh=afresh, key=key)
        return _tell_plan(settings, plan)

    opened = partial(executors.opened, executor, workers or os.cpu_count() or 1, timeout)
    with progress_bar(settings) as progress:
        made = publish.publish(
            repository, folder, when, opened, progress, name=publication, afresh=afresh, key=key
        )
    return _tell(settings, made, folder)


def _tell_plan(settings: Settings, plan: "Plan") -> int:
    if settings.json:
        made = [_step(step) for step in plan.steps]
        gone = [text.file.name for text in plan.gone]
        said = {"steps": made, "gone": gone, "withheld": plan.withheld}
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
            "findings": len(made.findings),
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
    return 0
