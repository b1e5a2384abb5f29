"""How people write the name of a standard."""

import re


def standard_name(key: str) -> str:
    """Return the name of a standard as people write it, `ISO 9001:2015` of `iso9001-2015`."""
    match = re.fullmatch(r"iso(\d+(?:-\d)?)-(\d{4})", key)
    return f"ISO {match[1]}:{match[2]}" if match else key
