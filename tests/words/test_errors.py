"""The one exception of the house."""

import pickle

from qms_docs.words.errors import QmsError


def test_values_are_kept_as_text() -> None:
    error = QmsError("render-timeout", name="CSC-QP-01", seconds=1.5)
    assert error.key == "render-timeout"
    assert error.values == {"name": "CSC-QP-01", "seconds": "1.5"}


def test_an_error_survives_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(QmsError("no-document", id="CSC-QP-01")))
    assert isinstance(error, QmsError)
    assert (error.key, error.values) == ("no-document", {"id": "CSC-QP-01"})
