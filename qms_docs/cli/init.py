"""`qms init`."""

from importlib.resources import files

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.settings import Settings
from qms_docs.text.messages import label
from qms_docs.work.asked import Asked


def _example(name: str) -> str:
    """Return a whole data file, as small as can be, as a paragraph that is not wrapped."""
    text = files("qms_docs").joinpath("data", "examples", f"{name}.yaml").read_text("utf-8")
    return f"\b\n# manual/{name}.yaml\n{text}"


@deciding_command(
    name="init",
    epilog="Example: qms init --key ~/.ssh/id_ed25519\n\nThe two files, as small as can be:\n\n"
    + "\n".join(map(_example, ("authority", "policy"))),
)
def command(settings: Settings, asked: Asked) -> None:
    """Begin the manual: put its first authority and policy in force, once, by your signature.

    Write manual/authority.yaml (who may say what) and manual/policy.yaml (types, numbering,
    folders) first, as shown below, and commit them. Everything that is approved later rests on
    this record; its digest is the identity of the manual.
    """
    from qms_docs.work import decide

    written = decide.begin(settings.repository(), asked)
    tell_written(settings, written, label("message-init", settings.language))
