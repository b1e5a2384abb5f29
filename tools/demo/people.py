"""The people of the demonstration: placeholders, with keys made on the spot.

`python -m tools.demo.people FOLDER` makes the keys there and prints manual/authority.yaml.
"""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

REQUIREMENTS = """\
requirements:
  - types: [manual, procedure, instruction, role, form]
    classes: [major, minor]
    reviewed: [reviewers]
    approved: [approvers]
    languages: [en, zh-CN]
  - types: [manual, procedure, instruction, role, form]
    classes: [editorial]
    approved: [CSC-RS-02]
    languages: [en, zh-CN]
  - types: [notice]
    classes: [major, minor, editorial]
    approved: [approvers]
    languages: [en]
  - types: [emergency]
    classes: [major, minor, editorial]
    approved: [owner]
    languages: [en]
    ratified: [CSC-RS-01]
    ratify_days: 7
  - types: [authority, policy, waivers]
    classes: [major]
    reviewed: [CSC-RS-02]
    approved: [CSC-RS-01]
"""


@dataclass(frozen=True)
class Person:
    """Somebody who works in the demonstration."""

    key: str
    name: Mapping[str, str]
    roles: tuple[str, ...]

    @property
    def email(self) -> str:
        """The address that Git knows the person by."""
        return f"{self.key}@example.com"


MANAGER = Person("demo-wei-lan", {"en": "Demo Wei Lan", "zh-CN": "示例·魏岚"}, ("CSC-RS-01",))
QUALITY = Person("demo-li-hua", {"en": "Demo Li Hua", "zh-CN": "示例·李华"}, ("CSC-RS-02",))
CONTROLLER = Person("demo-chen-jie", {"en": "Demo Chen Jie", "zh-CN": "示例·陈洁"}, ("CSC-RS-03",))
OPERATIONS = Person("demo-zhao-min", {"en": "Demo Zhao Min", "zh-CN": "示例·赵敏"}, ("CSC-RS-04",))
COMPLAINTS = Person("demo-sun-yi", {"en": "Demo Sun Yi", "zh-CN": "示例·孙毅"}, ("CSC-RS-10",))
DRAFTER = Person("demo-he-ping", {"en": "Demo He Ping", "zh-CN": "示例·何平"}, ("CSC-RS-06",))
OTHERS = (
    Person("demo-wu-ting", {"en": "Demo Wu Ting", "zh-CN": "示例·吴婷"}, ("CSC-RS-05",)),
    Person("demo-xu-lei", {"en": "Demo Xu Lei", "zh-CN": "示例·徐磊"}, ("CSC-RS-07",)),
    Person("demo-ma-yan", {"en": "Demo Ma Yan", "zh-CN": "示例·马燕"}, ("CSC-RS-08",)),
    Person("demo-guo-tao", {"en": "Demo Guo Tao", "zh-CN": "示例·郭涛"}, ("CSC-RS-09",)),
    Person("demo-hu-jing", {"en": "Demo Hu Jing", "zh-CN": "示例·胡静"}, ("CSC-RS-11",)),
    Person("demo-lin-bo", {"en": "Demo Lin Bo", "zh-CN": "示例·林波"}, ("CSC-RS-12",)),
    Person("demo-gao-yuan", {"en": "Demo Gao Yuan", "zh-CN": "示例·高远"}, ("CSC-RS-13",)),
    Person("demo-tang-rui", {"en": "Demo Tang Rui", "zh-CN": "示例·唐睿"}, ("CSC-RS-14",)),
)
"""They review and approve what their roles ask for."""
PEOPLE = (MANAGER, QUALITY, CONTROLLER, OPERATIONS, COMPLAINTS, DRAFTER, *OTHERS)


def make_keys(folder: Path) -> None:
    """Make a key pair for each person; they are worth nothing outside the demonstration."""
    folder.mkdir(parents=True)
    for person in PEOPLE:
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", person.key, "-f"]
        subprocess.run([*command, str(folder / person.key)], check=True)


def authority(folder: Path, first_day: str) -> str:
    """Return manual/authority.yaml with these people, entitled from a day on."""
    people = "".join(_entry(person, folder, first_day) for person in PEOPLE)
    return (
        "# Who may review, approve and release. Controlled: changed by the Quality Manager.\n"
        f"revision: 1\npeople:\n{people}issuers: [CSC-RS-03]\n{REQUIREMENTS}"
    )


def _entry(person: Person, folder: Path, first_day: str) -> str:
    line = " ".join((folder / f"{person.key}.pub").read_text("ascii").split()[:2])
    names = ", ".join(f"{language}: {name}" for language, name in person.name.items())
    roles = ", ".join(f"{{role: {role}, from: {first_day}}}" for role in person.roles)
    return (
        f"  {person.key}:\n    name: {{{names}}}\n"
        f"    keys:\n      - {{key: {line}, from: {first_day}}}\n"
        f"    emails: [{person.email}]\n    roles: [{roles}]\n"
    )


if __name__ == "__main__":
    make_keys(Path(sys.argv[1]))
    print(authority(Path(sys.argv[1]), "2026-01-01"), end="")
