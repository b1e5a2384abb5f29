"""The drawing of the process map: everything in it, and the same bytes for the same map."""

from xml.etree import ElementTree

from qms_docs.show import processmap
from qms_docs.words.extracts import Cited, MapFlow, MapGroup, MapProcess, ProcessMap

_SVG = "{http://www.w3.org/2000/svg}"


def _process(number: str, *gives: MapFlow, takes: tuple[MapFlow, ...] = ()) -> MapProcess:
    return MapProcess(Cited(f"CSC-QP-{number}", f"Process {number}", 1, "en"), takes, gives)


MAP = ProcessMap(
    (
        MapGroup("Service", tuple(_process(f"{number:02}") for number in range(1, 8))),
        MapGroup(
            "Improvement & more",
            (
                _process(
                    "15",
                    MapFlow("Updated <risks>", ("CSC-QP-01", "CSC-QP-02"), ""),
                    MapFlow("Answers", (), "Customer"),
                    takes=(MapFlow("Complaints", (), "Customer"),),
                ),
            ),
        ),
    )
)


def _words(drawn: bytes) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(drawn).iter(f"{_SVG}text")]


def test_it_names_every_process_flow_and_party() -> None:
    words = _words(processmap.drawing(MAP, "en"))
    assert [word for word in words if word.startswith("Process ")] == [
        *(f"Process {number:02}" for number in range(1, 8)),
        "Process 15",
    ]
    assert {"Service", "Improvement & more", "From outside", "To outside"} <= set(words)
    at = words.index("Updated <risks>")
    assert words[at - 2 : at] == ["01", "02"]  # who receives it
    assert words.count("Customer") == 2
    assert words[words.index("Complaints") - 1] == words[words.index("Answers") - 1] == "15"


def test_boxes_do_not_stand_on_one_another() -> None:
    drawn = ElementTree.fromstring(processmap.drawing(MAP, "en"))
    width, height = map(float, drawn.attrib["viewBox"].split()[2:])
    frames = [
        tuple(float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        for rect in drawn.iter(f"{_SVG}rect")
        if rect.attrib["fill"] == "#ffffff" and rect.attrib["rx"] == "4"
    ]
    assert len(frames) == 8
    for number, (x, y, wide, high) in enumerate(frames):
        assert 0 <= x < x + wide <= width
        assert 0 <= y < y + high <= height
        for left, top, across, down in frames[number + 1 :]:
            assert x + wide <= left or left + across <= x or y + high <= top or top + down <= y


def test_the_same_map_is_the_same_drawing_and_only_a_browser_has_links() -> None:
    assert processmap.drawing(MAP, "en") == processmap.drawing(MAP, "en")
    assert b"<a " not in processmap.drawing(MAP, "en")
    linked = processmap.drawing(MAP, "en", {"CSC-QP-15": "CSC-QP-15.en.pdf"})
    assert linked.count(b'<a href="CSC-QP-15.en.pdf">') == 1
