# /// script
# dependencies = ["fonttools==4.68.0"]
# ///
"""Cut the fonts that the product ships from pinned npm packages.

Run ``python tools/fonts/build.py [FOLDER]`` with the fontTools named above. A PDF depends on
every byte of these fonts, so sources and fontTools are pinned, and the same input gives the same
bytes. What each file is for stands in qms_docs/data/fonts/README.md.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import fontTools
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

SHIPPED = Path(__file__).parents[2] / "qms_docs" / "data" / "fonts"
PACKAGES = {  # of @expo-google-fonts: version and SHA-256 of the tarball
    "noto-sans-sc": "0.4.3 0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    "source-sans-3": "0.4.1 eb41834f563921e19b18b40bc924b97110983aef800d9cb67b9186f546311828",
    "source-code-pro": "0.4.1 e00a889c711535f7662ed2e8158560c5dba0c36cffd4f1f2cd30d1b07e89ade1",
    "noto-sans-symbols-2": "0.4.1 3bf3d6333487df36e88d146e032a9ed8246617ca2dfe1513a8a382c3fad12ac4",
    "noto-sans-math": "0.4.2 652041ca903e7adcc1502a0621350526463e91416757310391370ff5f8fb3ce8",
    "noto-emoji": "0.4.7 6a25fd5a4da5bb34bbc2d300531bbf32de86afd866e119314d7e358f61a6104d",
}
LATIN_IN_SC = 1.117  # Noto Sans SC draws its Latin like Source Sans 3, this much larger
KEPT_NAMES = {0, 5, 9, 13, 14}  # copyright, version, designers, licence, address of the licence


def span(*ranges: tuple[int, int]) -> set[int]:
    """All code points of the ranges, ends included."""
    return {code for first, last in ranges for code in range(first, last + 1)}


SPACES = span((0x20, 0x20), (0xA0, 0xA0), (0x2000, 0x200B), (0x3000, 0x3000), (0xFE00, 0xFE0F))
TEXT = span((0x20, 0x7E), (0xA0, 0x24F), (0x2C6, 0x2DD), (0x370, 0x3FF), (0x1E80, 0x1EF9))
TEXT |= span((0x2000, 0x218F))  # punctuation, raised figures, currencies, fractions
SIGNS = span((0x2190, 0x22FF))  # arrows and mathematical operators
MARKS = span((0x2460, 0x2606), (0x2713, 0x2718), (0x2776, 0x2793))  # ① ─ ■ ★, ✓ ✗, ❶
MARKS |= set(map(ord, "⌀⌈⌉⌊⌋⌘⌚⌛⌨⏎⏰⏱⏳☀☎☏☐☑☒☛☞☹☺☼♠♣♥♦♻⚖⚙⚠⚡✂✅✆✉✎✏✐❌❎❓❗❤➔➕➖➗➜➤⬅⬆⬇⬛⬜⭐"))
EAST_ASIAN = span((0x3000, 0x303F), (0x338E, 0x33D5), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6))
CELLS = [bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)]
GB2312 = {ord(cell.decode("gb2312", "ignore") or " ") for cell in CELLS}


def download(name: str, folder: Path) -> Path:
    """Fetch a package with npm, which knows the user's registry, and refuse any other bytes."""
    version, digest = PACKAGES[name].split()
    spec, file = f"@expo-google-fonts/{name}@{version}", f"expo-google-fonts-{name}-{version}.tgz"
    subprocess.run(["npm", "pack", "--silent", spec], cwd=folder, check=True)
    if hashlib.sha256((folder / file).read_bytes()).hexdigest() != digest:
        raise SystemExit(f"{spec}: the tarball is not the pinned one")
    shutil.unpack_archive(folder / file, folder / name, filter="data")
    return folder / name / "package"


def load(package: Path, style: str = "400Regular") -> TTFont:
    """Open a fresh copy of a font that keeps its own date when saved."""
    [file] = (package / style).glob("*.ttf")
    return TTFont(file, recalcTimestamp=False)


def graft(font: TTFont, donor: TTFont, codes: set[int], enlarge: float = 1.0) -> None:
    """Give the font what it lacks of the codes.

    What it has only in full width, as Chinese wants quotes, × or ±, gets the donor's narrow form
    behind the feature pwid, so that English text can ask for it.
    """
    have, offered, glyphs = font.getBestCmap(), donor.getBestCmap(), donor.getGlyphSet()
    gsub = font["GSUB"].table
    pwid = next(r.Feature for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "pwid")
    narrow = gsub.LookupList.Lookup[pwid.LookupListIndex[0]].SubTable[0].mapping
    cmaps = [table.cmap for table in font["cmap"].tables if table.format != 14]
    scale = enlarge * font["head"].unitsPerEm / donor["head"].unitsPerEm
    for code in sorted(offered.keys() & codes):
        old, name, source = have.get(code), f"grafted{code:04X}", glyphs[offered[code]]
        width = round(source.width * scale)
        full = old and code < 0x2300 and font["hmtx"][old][0] == 1000 > width
        if old and (old in narrow or not full):
            continue
        pen = TTGlyphPen(None)
        source.draw(DecomposingFilterPen(TransformPen(pen, (scale, 0, 0, scale, 0, 0)), glyphs))
        glyph = font["glyf"][name] = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, glyph.xMin)  # without its bearing it is drawn out of place
        for mapping in [narrow] if old else cmaps:
            mapping[old or code] = name
    font.setGlyphOrder(font["glyf"].glyphOrder)  # drops the cached index of the old order
    notices = [f["name"].getDebugName(0).rstrip(".") for f in (font, donor)]
    font["name"].setName("; ".join(dict.fromkeys(notices)) + ".", 0, 3, 1, 0x409)


def write(font: TTFont, codes: set[int], family: str, style: str, path: Path) -> None:
    """Subset, rename as the licence demands of a changed font, and save."""
    options = Options(layout_features=["*"], name_IDs=["*"], hinting=False, notdef_outline=True)
    options.drop_tables += ["BASE", "STAT", "gasp", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes | SPACES)  # Pango seeks these in the font before them
    subsetter.subset(font)
    hhea, os2, names = font["hhea"], font["OS/2"], font["name"]
    hhea.ascent, hhea.descent, hhea.lineGap = 1160, -288, 0  # Noto Sans SC's, in all files, so
    os2.fsSelection &= ~(1 << 7)  # that italics and code do not push their line apart
    names.names = [n for n in names.names if n.nameID in KEPT_NAMES or n.nameID > 255]
    names.removeUnusedNames(font)
    full, script = f"{family} {style}", f"{family}-{style}".replace(" ", "")
    for number, text in {1: family, 2: style, 3: f"QMS;{script}", 4: full, 6: script}.items():
        names.setName(text, number, 3, 1, 0x409)
    font.save(path)
    print(f"| {path.name} | {path.stat().st_size:,} | {len(font.getBestCmap()):,} |")


def coverage(fonts: Iterable[Path]) -> str:
    """List the characters that the fonts hold together, a range a line: `41-5A`, or `A0` alone.

    qms_docs/text/glyphs.py reads it, so that a check need not open the fonts.
    """
    held = set().union(*(TTFont(path).getBestCmap() for path in fonts))
    starts = sorted(code for code in held if code - 1 not in held)
    ends = sorted(code for code in held if code + 1 not in held)
    ranges = (f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in zip(starts, ends, strict=True))
    return "\n".join(ranges) + "\n"


def build(out: Path, folder: Path) -> None:
    """Make every font file and the licence, with the folder for what comes in."""
    wide, text, code, *donors = sources = [download(name, folder) for name in PACKAGES]
    main = TEXT | SIGNS | MARKS | EAST_ASIAN | GB2312
    for style, weight in (("Regular", "400Regular"), ("Bold", "700Bold")):
        font = load(wide, weight)
        graft(font, load(text, weight), TEXT | SIGNS, LATIN_IN_SC)
        for donor in donors:
            graft(font, load(donor), SIGNS | MARKS)
        write(font, main, "QMS Sans", style, out / f"qms-sans-{style.lower()}.ttf")
    rest = set(load(wide).getBestCmap()) - main
    write(load(wide), rest, "QMS Sans Rare", "Regular", out / "qms-sans-rare.ttf")
    for style, weight in (("Italic", "400Regular_Italic"), ("Bold Italic", "700Bold_Italic")):
        font = load(text, weight)
        scale_upem(font, round(1000 * LATIN_IN_SC))  # larger outlines …
        font["head"].unitsPerEm = 1000  # … in the old square
        file = out / f"qms-sans-{style.lower().replace(' ', '-')}.ttf"
        write(font, TEXT | SIGNS, "QMS Sans", style, file)
    codes = TEXT | SIGNS | span((0x2300, 0x25FF))
    write(load(code), codes, "QMS Mono", "Regular", out / "qms-mono-regular.ttf")
    licences = [(p / "LICENSE_FONT").read_text("utf-8").partition("\n\n") for p in sources]
    notices = "\n".join(dict.fromkeys(notice for notice, _, _ in licences))
    (out / "coverage.txt").write_text(coverage(out.glob("*.ttf")), "ascii")
    (out / "OFL.txt").write_text(f"{notices}\n\n{licences[0][2]}", "utf-8")


if __name__ == "__main__":
    if fontTools.version != "4.68.0":
        raise SystemExit("the bytes depend on fontTools: take the version named above")
    with TemporaryDirectory() as scratch:
        build(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED, Path(scratch))
