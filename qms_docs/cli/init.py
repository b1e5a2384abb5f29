"""`qms init`."""

from qms_docs.cli.deciding import deciding_command, tell_written
from qms_docs.cli.settings import Settings
from qms_docs.text.messages import label
from qms_docs.work.asked import Asked


@deciding_command(name="init", epilog="Example: qms init --key ~/.ssh/id_ed25519")
def command(settings: Settings, asked: Asked) -> None:
    """Begin the manual: put its first authority and policy in force, once, by your signature.

    Write manual/authority.yaml (who may say what) and manual/policy.yaml (types, numbering,
    folders) first; where one is missing, this command shows a small one. Everything that is
    approved later rests on this record; its digest is the identity of the manual.
    """
    from qms_docs.work import decide

    files = decide.begin(settings.repository(), asked)
    tell_written(settings, files, label("message-init", settings.language))
