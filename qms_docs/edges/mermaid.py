"""The program that draws Mermaid's other diagrams, for a process of its own.

Run as a file, not imported: `edges/diagrams.py` starts it with limits of time and memory, for the
renderer is native code that reads what anybody may have typed. It gets the source on standard
input, and writes an SVG, or, with exit code 3, the line and the reason why there is none.
"""

import sys
from bisect import bisect_left


def draw(source: str) -> str:
    """Return the SVG of a diagram; raises ValueError with the reason if it is wrong."""
    import mmdr

    drawing: str = mmdr.render(source, backend="merman").svg()
    return drawing


def wrong_line(source: str, reason: str) -> int:
    """Return the line (from 1) at which a source goes wrong for a reason.

    The renderer does not say where a mistake is: it ends the shortest beginning of the source that
    is refused for the same reason.
    """
    lines = source.split("\n")

    def is_wrong(number: int) -> bool:
        try:
            draw("\n".join((*lines[:number], "")))
        except ValueError as error:
            return str(error) == reason
        return False

    return bisect_left(range(len(lines)), True, key=is_wrong)


def main() -> int:
    """Draw standard input."""
    source = sys.stdin.buffer.read().decode("utf-8")
    try:
        answer, code = draw(source), 0
    except ValueError as error:
        answer, code = f"{wrong_line(source, str(error))} {' '.join(str(error).split())}", 3
    sys.stdout.buffer.write(answer.encode("utf-8"))
    return code


if __name__ == "__main__":
    sys.exit(main())
