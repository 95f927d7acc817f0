"""Each layout of a SIMULATED round writes a file from which its truth can be settled."""

from __future__ import annotations

import pytest

from offences.returns.round.rounds import FileState
from offences.returns.settle.settle import settle
from offences.returns.simulated.answer_layouts import (
    LAYOUTS,
    MARKERS,
    Offence,
    Return,
    TrueFigure,
    typed_answer,
)

# Eight girls, two of them 9 years old, three boys, and a victim of whom nothing is known.
OFFENCES = [
    *[Offence(13, "Female", "snap chat")] * 6,
    *[Offence(9, "Female", "snapchat / insta")] * 2,
    *[Offence(16, "Male", "Kik")] * 3,
    Offence(None, "Unknown", "unknown"),
]


def _written(layout, tmp_path, marker: str) -> Return:
    one = Return("Kent", tmp_path / "kent", "2023/24", OFFENCES)
    layout(one, marker)
    (tmp_path / "round.yaml").write_text("title: SIMULATED\nperiod: 2023/24\nasked: [Kent]\n")
    return one


@pytest.mark.parametrize("marker", MARKERS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__.strip("_"))
def test_a_layout_is_read_and_settled_to_its_truth(
    layout, marker, tmp_path, opened, attributor
) -> None:
    one = _written(layout, tmp_path, marker)
    _, (file,) = opened(tmp_path)
    declared = (tmp_path / f"{file.path.name}.yaml").exists() or layout is typed_answer
    assert file.state is (FileState.ACCEPTED if declared else FileState.RECOGNISED)
    figures = {(f.measure, f.subject): f for f in settle(file.cells, attributor)}
    assert one.truth
    for true in one.truth:
        figure = figures[true.measure, true.subject]
        assert true.value in figure.bounds, true
        if true.exact:
            assert figure.value == true.value, true


@pytest.mark.parametrize(
    ("marker", "exact"),
    [("shown", [True] * 4), ("*", [True, True, False, False])],
)
def test_the_truth_of_a_crossed_table_with_true_sums(tmp_path, marker, exact) -> None:
    (layout,) = [layout for layout in LAYOUTS if layout.__name__ == "_gender_by_age_xlsx"]
    one = _written(layout, tmp_path, marker)
    names = ("victims_under_12", "age_known", "victims_female", "gender_known")
    assert one.truth == [
        TrueFigure(name, "", value, known)
        for name, value, known in zip(names, (2, 11, 8, 11), exact, strict=True)
    ]


def test_the_truth_of_records_counts_every_platform_of_a_string(tmp_path) -> None:
    (layout,) = [layout for layout in LAYOUTS if layout.__name__ == "_records_csv"]
    one = _written(layout, tmp_path, "shown")
    assert {(true.measure, true.subject): true.value for true in one.truth} == {
        ("offences", ""): 12,
        ("victims_under_12", ""): 2,
        ("age_known", ""): 11,
        ("victims_female", ""): 8,
        ("gender_known", ""): 11,
        ("platform_count", "Instagram"): 2,
        ("platform_count", "Kik"): 3,
        ("platform_count", "Snapchat"): 8,
        ("means_known", ""): 11,
    }
    assert all(true.exact for true in one.truth)
    lines = one.path(".csv").read_text().splitlines()
    assert lines[0] == "Year,Victim age,Victim gender,Platform"
    assert (lines[1], lines[-1]) == (
        "2023/24,13,Female,snap chat",
        "2023/24,Unknown,Unknown,unknown",
    )


def test_counts_below_five_hide_behind_the_marker_and_sums_ignore_them(tmp_path) -> None:
    (layout,) = [layout for layout in LAYOUTS if layout.__name__ == "_gender_by_age_html"]
    one = _written(layout, tmp_path, "*")
    page = one.path(".html").read_text()
    assert "<tr><td>Female</td><td>*</td><td>6</td><td></td><td></td></tr>" in page
    assert "<tr><td>Sum:</td><td>0</td><td>6</td><td>0</td><td>0</td></tr>" in page


def test_offences_are_banded_as_printed() -> None:
    one = Return("Kent", None, "2023/24", OFFENCES)  # type: ignore[arg-type]
    assert one.banded(("11 and under", "12-15", "16 and over", "Unknown Age")) == {
        ("Female", "11 and under"): 2,
        ("Female", "12-15"): 6,
        ("Male", "16 and over"): 3,
        ("Unknown", "Unknown Age"): 1,
    }
    assert one.banded(("0-5", "6-10", "11-15", "16-17", "Unknown")) == {
        ("Female", "6-10"): 2,
        ("Female", "11-15"): 6,
        ("Male", "16-17"): 3,
        ("Unknown", "Unknown"): 1,
    }
    assert (one.count(gender="Female"), one.count(age=None, gender="Male")) == (8, 0)
