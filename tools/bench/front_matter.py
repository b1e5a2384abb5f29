"""Read and judge the front matter of every Markdown file of a folder, and nothing else.

    python -m tools.bench.front_matter FOLDER

The reader and the schema are the product's own; places, findings and all. Exit code: 0 in order,
1 findings.
"""

import sys
from pathlib import Path

from qms_docs.text import frontmatter, schema
from qms_docs.words.findings import Finding


def main(folder: str) -> int:
    """Print every finding and return the exit code."""
    found: list[Finding] = []
    for file in sorted(Path(folder).rglob("*.md")):
        front = frontmatter.split(file.read_bytes(), str(file))
        found += front.findings or schema.validate(
            "document", front.metadata, str(file), front.places
        )
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
