"""Whether a change of a document touches more than its wording: what makes it not editorial."""

from qms_docs.judge.substance.documents import Touched, touched

__all__ = ["Touched", "touched"]
