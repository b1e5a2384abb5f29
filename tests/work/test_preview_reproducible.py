"""The same text gives the same bytes, wherever, whenever and by whomever it is printed."""

import shutil
from pathlib import Path

from fontTools.ttLib import TTFont

from tests.conftest import tree
from tests.outer import PROJECT, Repo, environment, qms

FONTS = PROJECT / "qms_docs" / "data" / "fonts"


def different(first: Path, second: Path) -> list[str]:
    """Return the names of the files that differ between two folders, or stand in one only."""
    one, other = tree(first), tree(second)
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def elsewhere(printed: Path, folder: Path) -> Repo:
    """Copy the printed manual to another folder, with other times of its files."""
    shutil.copytree(printed / "manual" / "repo", folder, copy_function=shutil.copy)
    home = folder.parent / "another home"
    home.mkdir()
    return Repo(folder, home)


def other_fonts(home: Path) -> dict[str, str]:
    """Set up fonts that pass themselves off as the shipped ones, as a user may have them."""
    mono = FONTS / "qms-mono-regular.ttf"
    for place in (home / ".fonts", home / ".local" / "share" / "fonts"):
        place.mkdir(parents=True)
        for shipped in FONTS.glob("*.ttf"):
            font = TTFont(mono)
            for record in TTFont(shipped)["name"].names:
                font["name"].setName(
                    str(record), record.nameID, record.platformID, record.platEncID, record.langID
                )
            font.save(place / shipped.name)
    settings = home / ".config" / "fontconfig" / "fonts.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f"<fontconfig><dir>{home / '.fonts'}</dir><match><edit name='family' mode='assign'"
        " binding='strong'><string>QMS Mono</string></edit></match></fontconfig>"
    )
    return {"FONTCONFIG_FILE": str(settings), "FONTCONFIG_PATH": str(settings.parent)}


def test_another_folder_time_zone_language_and_hash_seed(printed: Path, tmp_path: Path) -> None:
    repo = elsewhere(printed, tmp_path / "ein anderer Ordner 另一个")
    answer = repo.qms(
        "preview",
        "--output",
        str(tmp_path / "deeper" / "out"),
        "--workers",
        "1",
        cwd=repo.root / "manual",
        TZ="Pacific/Auckland",
        LANG="zh_CN.UTF-8",
        LC_ALL="C",
        PYTHONHASHSEED="7",
    )
    assert answer.code == 0, answer.err
    assert different(printed / "out", tmp_path / "deeper" / "out") == []


def test_fonts_and_font_settings_of_the_user(printed: Path, tmp_path: Path) -> None:
    repo = elsewhere(printed, tmp_path / "copy")
    env = environment(repo.home, **other_fonts(repo.home))
    answer = qms("preview", "--output", str(tmp_path / "out"), cwd=repo.root, env=env)
    assert answer.code == 0, answer.err
    assert different(printed / "out", tmp_path / "out") == []


def test_one_document_alone_is_the_same_as_among_all(printed: Path, tmp_path: Path) -> None:
    repo = elsewhere(printed, tmp_path / "copy")
    answer = repo.qms("preview", "CSC-QP-01", "--output", str(tmp_path / "out"), PYTHONHASHSEED="1")
    assert answer.code == 0, answer.err
    names = {"CSC-QP-01.en.pdf", "CSC-QP-01.zh-CN.pdf"}
    assert set(tree(tmp_path / "out")) == {".qms-output", *names}
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == (printed / "out" / name).read_bytes()


def test_another_text_gives_other_bytes_to_its_own_document_only(
    printed: Path, tmp_path: Path
) -> None:
    repo = elsewhere(printed, tmp_path / "copy")
    repo.replace("procedures/CSC-QP-01.zh-CN.md", "每件投诉都有答复", "每件投诉均有答复")
    assert repo.qms("preview", "--output", str(tmp_path / "out")).code == 0
    changed = different(printed / "out", tmp_path / "out")
    assert changed == ["CSC-QP-01.zh-CN.pdf", "manifest.json"]
