"""Redline: the new text with what changed against the old one marked in it."""

from qms_docs.text.redline.compare import Changes, Fact, Redline, metadata, redline

__all__ = ["Changes", "Fact", "Redline", "metadata", "redline"]
