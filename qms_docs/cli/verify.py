"""`qms verify`."""

import json
from collections.abc import Mapping
from datetime import UTC, date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qms_docs.cli.settings import Settings, as_of_option, now, qms_command
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qms_docs.words.publication import PublishedExtract, PublishedText
    from qms_docs.work.rebuilding import Rebuild
    from qms_docs.work.verifying import Basis, Verified


@qms_command(
    name="verify",
    epilog="Exit codes: 0 in force (a folder: as published), 1 anything else, 2 could not run.\n\n"
    "Examples: qms verify CSC-QP-12.en.pdf · qms verify 7K3M-Q9PD-X2VZ · "
    "qms verify public/current",
)
@click.argument("asked", metavar="FILE|FOLDER|DIGEST|CODE")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="The manifest to believe (default: that of public/current, or else beside the file).",
)
@click.option(
    "--signer",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Public SSH key by which the manifest must be signed.",
)
@click.option(
    "--certificate",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Certificate of who must have signed the PDFs, or of the authority that issued it.",
)
@click.option(
    "--rebuild",
    is_flag=True,
    help="Print it once more from this repository's history, and compare the bytes.",
)
@as_of_option
def command(
    settings: Settings,
    asked: str,
    manifest: Path | None,
    signer: Path | None,
    certificate: Path | None,
    rebuild: bool,
    as_of: date | None,
) -> int:
    """Tell whether a PDF, a digest or a code from a page is in force, or a publication whole.

    Needs a manifest and no network. The answer is as true as the manifest: its last line says where
    that comes from.
    """
    from qms_docs.judge.effect import instant_of
    from qms_docs.show import verdicts
    from qms_docs.work import verifying

    path = manifest or verifying.manifest_near(asked, _root(settings))
    known = verifying.read_manifest(path, signer)
    if verifying.is_folder(asked):
        return _tell_folder(settings, Path(asked), known, certificate, rebuild)
    instant = instant_of(as_of, known.manifest.as_of.tzinfo or UTC) if as_of else now()
    found = verifying.verify(asked, known.manifest, instant, certificate)
    text = found.answer.text
    held = {asked: (text, found.sha256)} if text and rebuild else {}
    extract = found.answer.extract
    drawn = {asked: (extract, found.sha256)} if extract and rebuild else {}
    rebuilt = _rebuilt(settings, known, held, drawn).get(asked)
    if settings.json:
        said = verdicts.data(found.answer, found.misnamed) | _signing(found, known)
        said |= {"rebuilt": rebuilt and str(rebuilt)}
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(found, settings.language)))
        if rebuilt:
            click.echo(f"  {label(f'rebuilt-{rebuilt}', settings.language)}")
        click.echo(_basis(known, settings.language))
    is_confirmed = rebuilt in (None, "same")
    return 0 if found.is_in_force and is_confirmed else 1


def _rebuilt(
    settings: Settings,
    known: "Basis",
    held: "Mapping[str, tuple[PublishedText, str]]",
    drawn: "Mapping[str, tuple[PublishedExtract, str]]",
) -> "Mapping[str, Rebuild]":
    """Print texts and extracts again and return how they compare with what is held: → outcome."""
    if not held and not drawn:
        return {}
    import os

    from qms_docs.cli.preview import progress_bar
    from qms_docs.edges import executors
    from qms_docs.work.rebuilding import Rebuilder

    repository = settings.repository()
    opened = partial(executors.opened, executors.LOCAL, os.cpu_count() or 1, 120.0)
    with progress_bar(settings) as progress:
        rebuilder = Rebuilder(repository, known.manifest, opened, progress)
        outcomes = dict(rebuilder.compare(held)) if held else {}
        return outcomes | dict(rebuilder.compare_extracts(drawn) if drawn else {})


def _lines(found: "Verified", language: str) -> "Iterator[str]":
    from qms_docs.show import verdicts

    yield from verdicts.lines(found.answer, found.misnamed, language)
    if found.is_pdf:
        yield from verdicts.signature_lines(found.signature, found.is_unexamined, language)


def _signing(found: "Verified", known: "Basis") -> dict[str, object]:
    from qms_docs.show import verdicts

    return {
        "signature": verdicts.signature_data(found.signature),
        "signature_examined": not found.is_unexamined,
        "signed_by": known.signer or None,
        "time_stamp": verdicts.stamp_data(known.stamp),
    }


def _root(settings: Settings) -> Path | None:
    try:
        return settings.repository().root
    except QmsError:
        return None


def _tell_folder(
    settings: Settings, folder: Path, known: "Basis", certificate: Path | None, rebuild: bool
) -> int:
    from qms_docs.work import verifying

    manifest = known.manifest
    found = list(verifying.differences(folder, manifest, certificate))
    if rebuild:
        # Only what is as the manifest says is compared: the rest is told apart already.
        bad = {name for name, _ in found}
        texts = {text.file.name: text for text in manifest.texts if text.file.name not in bad}
        held = {name: (text, text.build.sha256) for name, text in texts.items()}
        extracts = {each.file.name: (each, each.file.sha256) for each in manifest.extracts}
        drawn = {name: each for name, each in extracts.items() if name not in bad}
        outcomes = _rebuilt(settings, known, held, drawn)
        found += [(name, f"rebuilt-{each}") for name, each in outcomes.items() if each != "same"]
    language = settings.language
    if settings.json:
        click.echo(json.dumps([{"name": name, "kind": kind} for name, kind in found]))
        return 1 if found else 0
    for name, kind in found:
        said = kind if kind.startswith("rebuilt-") else f"file-{kind}"
        click.echo(f"{name}: {label(said, language)}")
    if not found and rebuild:
        click.echo(label("publication-rebuilt", language, count=len(manifest.texts)))
    if not found:
        click.echo(label("publication-whole", language, count=len(list(manifest.files()))))
    click.echo(_basis(known, language))
    return 1 if found else 0


def _basis(known: "Basis", language: str) -> str:
    """Return what an answer rests on: whoever can change that can change the answer."""
    from qms_docs.show import verdicts

    date = known.manifest.as_of.isoformat(sep=" ", timespec="minutes")
    basis = label("verdict-basis", language, path=known.path, date=date)
    if known.stamp is not None:
        stamp = verdicts.stamp_line(known.stamp, language)
        basis = f"{basis}\n{label('manifest', language)}{label('colon', language)}{stamp}"
    elif known.is_unexamined:
        basis = f"{basis}\n{label('stamp-unexamined', language)}"
    if not known.signer:
        return f"{basis}\n{label('verdict-unsigned', language)}"
    return f"{basis}\n{label('verdict-signed', language, fingerprint=known.signer)}"
