"""A card is one page: it tells all that one page can hold."""

from dataclasses import replace
from datetime import datetime

import pytest

from qms_docs.edges import pdf
from qms_docs.show import rolecards
from qms_docs.text import extracts
from qms_docs.words.extracts import (
    CARDS,
    Card,
    Cited,
    Duty,
    Extent,
    Extract,
    Form,
    Origin,
    Target,
    Task,
)
from tests.conftest import BASE, load, tree

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")
ORIGIN = Origin(CARDS, "CSC-RS-02", "en", "0" * 64, "2026-03-02T09:00:00+08:00", "1" * 64, (), {})
EXTRACT = Extract(
    ORIGIN,
    Extent(datetime.fromisoformat(ORIGIN.since), None),
    extracts.digest(ORIGIN),
    "Quality Manager",
    "internal",
)
ACTION = "Looks up which edition is in force and enters edition, source and date of the check."


def _card(documents: int, steps: int) -> Card:
    tasks = tuple(
        Task(str(2 * number), "", ACTION, ("CSC-FM-01-01",), "Within 2 working days")
        for number in range(1, steps + 1)
    )
    cited = [Cited(f"CSC-QP-{n:02}", f"Procedure {n} & more", 1, "en") for n in range(1, 60)]
    return Card(
        role=Cited("CSC-RS-02", "Quality Manager", 1, "en"),
        duties=tuple(Duty(each, True, "quiz", tasks) for each in cited[:documents]),
        reading=tuple((each, "read") for each in cited[documents : documents + 12]),
        targets=(Target("CSC-OB-01-01", "Calls answered", "≥ 80 %", "month", "CSC-FM-01-01"),),
        forms=(Form("CSC-FM-01-01", "Complaint file", True), Form("CSC-FM-01-02", "Log", False)),
    )


def test_a_card_with_few_steps_tells_them_in_whole() -> None:
    job = rolecards.job(EXTRACT, load(tree(BASE)), _card(2, 3))
    assert ACTION in job.html
    assert "Within 2 working days" in job.html
    assert "Extract from the documents in force since 2026-03-02" in job.html
    assert "Procedure 1 &amp; more" in job.html


def test_a_crowded_card_is_still_one_page() -> None:
    manual = load(tree(BASE))
    job = rolecards.job(EXTRACT, manual, _card(28, 6))
    assert ACTION not in job.html  # which it does not even try
    assert "2, 4, 6, 8, 10, 12" in job.closer[-1] if job.closer else job.html
    assert pdf.render(job).pages == 1


def test_the_engine_takes_the_first_setting_that_fits() -> None:
    manual = load(tree(BASE))
    job = rolecards.job(EXTRACT, manual, _card(2, 3))
    first = pdf.render(job)
    assert (first.pages, first.data) == (1, pdf.render(replace(job, closer=())).data)
    tall = job.html.replace("</main>", '<div style="height: 250mm"></div></main>')
    taken = pdf.render(replace(job, html=tall))
    assert taken.data == pdf.render(replace(job, html=job.closer[0], closer=())).data
    assert pdf.render(replace(job, html=tall, closer=(tall,))).pages > 1
