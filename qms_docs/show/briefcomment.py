"""What a reviewer is told of a pull request, as one Markdown comment that suits a telephone.

All that comes from the pull request goes through `harmless.markdown`; everything else is ours.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from qms_docs.show import briefs
from qms_docs.show.briefs import Alteration, Brief, Point, Said, Sheet, Word
from qms_docs.show.harmless import markdown
from qms_docs.text.messages import LANGUAGES, label
from qms_docs.text.redline.passages import DELETED, FORMAT, IMAGE, INSERTED, Passage, Run, shortened

GIVEN, OPEN, AGAIN, BACK = "✅", "⬜", "🔁", "⛔"
"""Signs before a line; `harmless` lets nobody else set them."""
_MOST = 12
"""Items of a list that are shown; more are counted."""
_PASSAGES, _RUN = 30, 400
"""Changes of one language, and characters of one of them."""
WHOLE, WITHOUT_CHANGES, HEAD = 2, 1, 0
"""How much of a document is told."""


def marker(genesis: str, number: int) -> str:
    """Return the line that our comment begins with, by which it is found again."""
    return f"<!-- qms-docs {genesis} {number} -->"


def as_markdown(brief: Brief, mark: str, limit: int) -> str:
    """Return the comment; what would make it longer than the forge allows is left out, and said.

    `mark` is its first line.
    """
    told = cache(lambda place, depth: _sheet(brief, place, depth))
    number = len(brief.sheets)

    def shortened(step: int) -> str:
        return _comment(brief, mark, _depths(number, step), told)

    def fits(step: int) -> bool:
        return _size(shortened(step)) <= limit

    return shortened(bisect_left(range(3 * number), True, key=fits))


def _depths(number: int, step: int) -> list[int]:
    """Return how much is told of each document after so many steps, each of which shortens one.

    First all go without their changes, the last first; then all are told by their heads; then the
    last are left out.
    """
    if step <= number:
        return [WHOLE] * (number - step) + [WITHOUT_CHANGES] * step
    if step <= 2 * number:
        return [WITHOUT_CHANGES] * (2 * number - step) + [HEAD] * (step - number)
    return [HEAD] * (3 * number - step)


def _size(text: str) -> int:
    """Return how long a text is at most, however a forge counts characters beyond U+FFFF."""
    return len(text.encode("utf-16-le")) // 2


def _comment(
    brief: Brief, mark: str, depths: Sequence[int], told: Callable[[int, int], str]
) -> str:
    language, left = brief.language, len(brief.sheets) - len(depths)
    parts = [mark, f"## {label('brief-heading', language)}", *_opening(brief)]
    parts += [told(place, depth) for place, depth in enumerate(depths)]
    if left:
        parts.append(f"**{label('brief-left-out', language, count=left)}** {_page(brief)}")
    if brief.elsewhere:
        key = "brief-elsewhere" if brief.is_judged else "brief-not-judged"
        parts += [f"**{label(key, language)}**", _points(brief.elsewhere, language)]
    parts += [_page(brief), "---", *_closing(brief)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _opening(brief: Brief) -> Iterator[str]:
    if not brief.sheets:
        yield label("brief-nothing", brief.language) if brief.is_judged else ""
    elif len(brief.sheets) > 1:
        yield _some(
            [
                f"{_sign(sheet)} **{markdown(sheet.id)}** {markdown(sheet.title, 80)}"
                f" · {briefs.state(sheet, brief.language)}"
                for sheet in brief.sheets
            ],
            brief.language,
            4 * _MOST,
        )


def _sign(sheet: Sheet) -> str:
    return BACK if sheet.rejections else GIVEN if sheet.is_complete else OPEN


def _closing(brief: Brief) -> Iterator[str]:
    yield f"**{label('brief-help', brief.language)}**"
    yield "\n".join(f"- {line}" for line in briefs.help_lines(brief.language))
    commit = f"`{brief.head[:12]}`"
    yield f"<sub>{label('brief-as-of', brief.language, commit=commit)}</sub>"


def _page(brief: Brief) -> str:
    if not brief.files.page:
        return ""
    words, address = label("brief-page", brief.language), brief.files.address(brief.files.page)
    return f"**[{words}]({address})**" if address else f"{words}: `{brief.files.page}`"


def _sheet(brief: Brief, place: int, depth: int) -> str:
    sheet, language = brief.sheets[place], brief.language
    number = f"{place + 1}. " if len(brief.sheets) > 1 else ""
    clicks = label("brief-data-clicks", language) if sheet.is_data else ""
    parts = [
        f"### {number}{markdown(sheet.id)} · {markdown(sheet.title, 160)}",
        "  \n".join(_first_lines(sheet, language)),
        "\n".join(_words(sheet, language)),
        clicks,
    ]
    if depth == HEAD:
        return "\n\n".join(
            [*filter(None, parts), f"*{label('brief-cut', language)}* {_page(brief)}"]
        )
    if sheet.points:
        parts += [f"**{label('brief-points', language)}**", _points(sheet.points, language)]
    if sheet.renditions:
        parts += [f"**{label('translations', language)}**", _renditions(sheet, language)]
    parts.append(_touched(sheet, language))
    if depth == WHOLE:
        parts += [_alteration(each, sheet, brief) for each in sheet.alterations]
    elif sheet.alterations:
        parts.append(f"*{label('brief-cut-changes', language)}* {_page(brief)}")
    parts.append(_drafts(sheet, brief))
    return "\n\n".join(filter(None, parts))


def _first_lines(sheet: Sheet, language: str) -> Iterator[str]:
    line = f"**{briefs.headline(sheet, language)}**"
    if sheet.grade:
        line += f" · {label(f'class-{sheet.grade}', language)}"
    if sheet.summary:
        line += f" · {markdown(sheet.summary)}"
    yield line
    if sheet.reason:
        yield f"{label('reason', language)}{label('colon', language)}{markdown(sheet.reason)}"
    yield f"{_sign(sheet)} **{briefs.state(sheet, language)}**"


def _words(sheet: Sheet, language: str) -> Iterator[str]:
    yield from (_word(each, language) for each in sheet.words)
    for each in sheet.rejections:
        person = markdown(each.person)
        words = label("brief-rejected", language, person=person)
        yield f"- {BACK} **{words}** · {label(f'brief-back-{each.grade}', language)}"
    for each in sheet.lapsed:
        yield f"- {AGAIN} **{_lapsed(each, language)}**"
    for each in sheet.dismissed[:_MOST]:
        words = label("brief-dismissed", language, person=markdown(each.person))
        yield f"- {words}{label('colon', language)}{label(f'reason-{each.reason}', language)}"


def _word(word: Word, language: str) -> str:
    meaning, who = label(word.meaning, language), markdown(word.who)
    if not word.person:
        return f"- {OPEN} **{meaning}** · {who} · **{label('brief-missing', language)}**"
    kept = label(f"brief-kept-{word.meaning}", language, person=markdown(word.person))
    told = (f"**{meaning}**", who, briefs.grade(word.grade, language), kept)
    return f"- {GIVEN} {' · '.join(filter(None, told))}"


def _lapsed(said: Said, language: str) -> str:
    return label(f"brief-lapsed-{said.meaning}", language, person=markdown(said.person))


def _points(points: Sequence[Point], language: str) -> str:
    lines = []
    for each in points:
        kind = label("warning", language) + label("colon", language) if each.is_warning else ""
        place = f" ({markdown(each.place)})" if each.place else ""
        lines.append(f"{kind}{markdown(each.sentence)}{place}")
        if each.hint:
            hint = label("hint", language) + label("colon", language)
            lines[-1] += f"  \n  {hint}{markdown(each.hint)}"
    return _some(lines, language)


def _renditions(sheet: Sheet, language: str) -> str:
    lines = []
    for each in sheet.renditions:
        sign = GIVEN if each.person else OPEN if each.is_needed else ""
        words = f"{sign} {tongue(each.language)}".strip()
        words += f"{label('colon', language)}{briefs.rendition(each, language)}"
        if each.person:
            words += f" · {markdown(each.person)} · {briefs.grade(each.grade, language)}"
        lines.append(words)
    return _some(lines, language)


def tongue(language: str) -> str:
    """Return what a language calls itself, or its tag, harmless."""
    return label("language-name", language) if language in LANGUAGES else markdown(language, 20)


def _touched(sheet: Sheet, language: str) -> str:
    groups = briefs.touched(sheet, language)
    if not groups:
        return ""
    lines = [
        f"- {heading}{label('colon', language)}{_listed(names, language)}"
        for heading, names in groups
    ]
    return _folded(label("brief-touches", language), lines)


def _folded(heading: str, lines: Iterable[str]) -> str:
    """Return a block that opens when it is touched. It ends where we end it: no text has tags."""
    summary = f"<details><summary><b>{heading}</b></summary>"
    return "\n\n".join((summary, "\n".join(lines), "</details>"))


def _listed(names: Sequence[str], language: str) -> str:
    told = label("semicolon", language).join(markdown(each, 120) for each in names[:_MOST])
    more = len(names) - _MOST
    return told if more <= 0 else f"{told} {label('brief-more', language, count=more)}"


def _some(lines: Sequence[str], language: str, most: int = _MOST) -> str:
    shown = [f"- {line}" for line in lines[:most]]
    if len(lines) > most:
        shown.append(f"- {label('brief-more', language, count=len(lines) - most)}")
    return "\n".join(shown)


def _drafts(sheet: Sheet, brief: Brief) -> str:
    links = []
    for name in sheet.drafts:
        address = brief.files.address(name)
        links.append(f"[{markdown(name)}]({address})" if address else f"`{name}`")
    if not links:
        return ""
    heading = label("brief-draft", brief.language) + label("colon", brief.language)
    return heading + " · ".join(links)


# --- what changes --------------------------------------------------------------------------------


def _alteration(found: Alteration, sheet: Sheet, brief: Brief) -> str:
    heading = label("brief-changes", brief.language)
    if found.language and len(sheet.alterations) > 1:
        heading += f" ({tongue(found.language)})"
    return _folded(heading, _changes(found, brief))


def _changes(found: Alteration, brief: Brief) -> Iterator[str]:
    language = brief.language
    for fact in briefs.facts(found):
        runs = (Run(DELETED, f"{fact.old} "), Run(INSERTED, fact.new))
        yield f"- {label(fact.key, language)}{label('colon', language)}{_runs(runs, language)}"
    if found.comparison and not found.passages and found.comparison.changes.inserted:
        yield f"- {label('brief-new', language)}"
    section = ""
    for each in found.passages[:_PASSAGES]:
        if each.section != section:
            section = each.section
            yield f"\n*{markdown(section, 120) or '–'}*\n"
        yield _passage(each, language)
    more = len(found.passages) - _PASSAGES
    if more > 0:
        yield f"\n**{label('brief-more-changes', language, count=more)}** {_page(brief)}"


def _passage(passage: Passage, language: str) -> str:
    if passage.is_moved:
        return f"- {label('brief-moved', language)}{label('colon', language)}" + _runs(
            passage.runs, language
        )
    return f"- {_runs(shortened(passage).runs, language)}"


def _runs(runs: Iterable[Run], language: str) -> str:
    return " ".join("".join(_run(each, language) for each in runs).split())


def _run(run: Run, language: str) -> str:
    """Return text with its mark; the spaces around it stay outside."""
    text = markdown(run.text, _RUN)
    if text and run.mark in (INSERTED, DELETED):
        text = f"<{run.mark}>{text}</{run.mark}>"
    elif text and run.mark in (FORMAT, IMAGE):
        text = f"<b>{text}</b> (*{label(f'brief-{run.mark}', language)}*)"
    return f"{' ' * run.text[:1].isspace()}{text}{' ' * run.text[-1:].isspace()}"
