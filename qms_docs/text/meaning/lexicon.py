"""The data file with the words that carry rules."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon() -> Mapping[str, Any]:
    """Return `data/substance.toml`, which says itself what its tables mean."""
    text = files("qms_docs").joinpath("data", "substance.toml").read_text("utf-8")
    return tomllib.loads(text)
