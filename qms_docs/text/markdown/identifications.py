"""What an identification looks like in a text."""

import re

# No word boundary: in Chinese an identification has no spaces around it.
IDENTIFICATION = re.compile(
    r"(?<![A-Za-z0-9-])[A-Z][A-Z0-9]*-[A-Z]{2}-[0-9]{2}(?:-[0-9]{2})?(?![A-Za-z0-9])"
)
