"""What readers hold, scene by scene: PDFs, controlled copies, and what becomes of them."""

import shutil

from tools.demo.people import CONTROLLER
from tools.demo.theatre import DemoError, Theatre

DESKS = ("Front desk", "Back office, shelf 2")


def publish(theatre: Theatre) -> None:
    """Publish what is in force on the day on which it is."""
    shelf = str(theatre.shelf)
    theatre.qms("publish", "--output", shelf, "--as-of", theatre.now.isoformat(), shown=True)


def save(theatre: Theatre, *names: str) -> None:
    """Let staff save published PDFs somewhere else, where nobody renews them."""
    theatre.held.mkdir(exist_ok=True)
    for name in names:
        shutil.copy(theatre.shelf / "current" / name, theatre.held / name)


def ask(theatre: Theatre, name: str, verdict: str) -> None:
    """Ask what a saved file is; raises DemoError if the answer is not the verdict expected."""
    manifest = str(theatre.shelf / "current" / "manifest.json")
    file, instant = str(theatre.held / name), theatre.now.isoformat()
    asked = ("verify", file, "--manifest", manifest, "--as-of", instant)
    theatre.qms(*asked, expected=(0, 1), shown=True)
    found = theatre.data(*asked, expected=(0, 1))["verdict"]
    if found != verdict:
        raise DemoError(f"{name} is {found}, not {verdict}")


def there(theatre: Theatre, *names: str) -> None:
    """Say under which names PDFs stand now; raises DemoError if one does not."""
    for name in names:
        if not (theatre.shelf / "current" / name).is_file():
            raise DemoError(f"{name} is not published")
        theatre.tell(f"{theatre.shelf.name}/current/{name}")


def first_readers(theatre: Theatre) -> None:
    """Publish the first issue; staff save PDFs, and two desks get controlled copies."""
    theatre.say("Staff read what is published. Some save a PDF, and two desks get numbered copies.")
    publish(theatre)
    save(theatre, "CSC-QP-11.en.pdf", "CSC-RS-06.en.pdf")
    ask(theatre, "CSC-QP-11.en.pdf", "in-force")
    holders = theatre.folder / "desks.txt"
    holders.write_text("".join(f"{desk}\n" for desk in DESKS), "utf-8")
    theatre.qms(
        "copy", "issue", "CSC-QP-11", "--holders", str(holders), "--purpose", "No screen there",
        "--publication", str(theatre.shelf / "current"), who=CONTROLLER,
    )  # fmt: skip
    for path in sorted((theatre.manual / "public" / "copies").glob("*.pdf")):
        theatre.held.joinpath(path.name).write_bytes(path.read_bytes())
    shutil.rmtree(theatre.manual / "public")  # prints are not for Git
    theatre.land("Copies of CSC-QP-11", CONTROLLER)
    publish(theatre)


def superseded(theatre: Theatre) -> None:
    """Publish the change: what people have saved and hold is superseded, and copies come back."""
    theatre.say("Saved files and copies on desks are now of the wrong revision, and answer so.")
    publish(theatre)
    there(theatre, "CSC-QP-11.en.pdf", "superseded/CSC-QP-11.r1.en.pdf")
    ask(theatre, "CSC-QP-11.en.pdf", "superseded")
    copies = sorted(path.name for path in theatre.held.glob("CSC-QP-11*copy*"))
    if len(copies) != len(DESKS):
        raise DemoError(f"{len(copies)} copies of CSC-QP-11 are there")
    ask(theatre, copies[0], "superseded")
    for act, number in (("recall", "1"), ("recall", "2"), ("return", "1"), ("lost", "2")):
        theatre.qms("copy", act, "CSC-QP-11", number, who=CONTROLLER)
        theatre.land(f"Copy {number}: {act}", CONTROLLER)
    theatre.qms("list", "copies", "--as-of", theatre.now.isoformat(), shown=True)


def reissued(theatre: Theatre) -> None:
    """Publish after a reaffirmation: an older print is still in force."""
    theatre.say("A print from before the reaffirmation shows the same text: it is still in force.")
    publish(theatre)
    ask(theatre, "CSC-RS-06.en.pdf", "reissued")


def noticed(theatre: Theatre, name: str) -> None:
    """Publish a notice, and let staff save it."""
    publish(theatre)
    save(theatre, f"{name}.en.pdf")
    ask(theatre, f"{name}.en.pdf", "in-force")


def ended(theatre: Theatre, name: str, verdict: str) -> None:
    """Tell what has become of a notice: in PDF, register and verdict."""
    ask(theatre, f"{name}.en.pdf", verdict)  # by the clock, or else by what is published next
    there(theatre, f"{verdict}/{name}.r1.en.pdf")
    rows = theatre.data("list", "documents", "--as-of", theatre.now.isoformat())
    status = next(row["status"] for row in rows if row["identification"] == name)
    theatre.tell(f"register: {name} {status}")


def last_look(theatre: Theatre) -> None:
    """Compare everything that is published: with the manifest, and one PDF with the history."""
    theatre.say("The auditor compares what is published with its manifest, and with the history.")
    current = theatre.shelf / "current"
    theatre.qms("verify", str(current), shown=True)
    path = str(current / "CSC-QP-11.en.pdf")
    theatre.qms("verify", path, "--manifest", str(current / "manifest.json"), "--rebuild",
                shown=True)  # fmt: skip
