"""Document control for a quality manual kept as Markdown in Git."""

__version__ = "0.1.0"
