"""Places and findings."""

from qms_docs.words.findings import Place


def test_a_place_is_written_as_editors_open_it() -> None:
    assert str(Place("procedures/CSC-QP-01.md", 3, 7)) == "procedures/CSC-QP-01.md:3:7"
    assert str(Place("manual/policy.yaml")) == "manual/policy.yaml:1:1"


def test_places_are_ordered_by_file_then_line_then_column() -> None:
    places = [Place("b", 1), Place("a", 10, 1), Place("a", 9, 2), Place("a", 9, 1)]
    assert [str(place) for place in sorted(places)] == ["a:9:1", "a:9:2", "a:10:1", "b:1:1"]
