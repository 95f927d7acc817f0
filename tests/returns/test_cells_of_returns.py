"""What a parser of returns must survive: each trap seen in a real answer, by its name."""

from __future__ import annotations

import math
from collections import Counter

import pytest
import yaml
from helpers import received_files
from helpers.projects import ROOT
from hypothesis import given
from hypothesis import strategies as st

from offences.errors import DataError
from offences.project import Project
from offences.reference.places import Places
from offences.reference.platforms import Platforms
from offences.returns.cells.ages_and_genders import gaps, read_band
from offences.returns.cells.cell_text import STATUSES, read
from offences.returns.cells.declarations import Layout
from offences.returns.cells.read_cells import TOTAL, read_tables
from offences.returns.cells.run_together import resolve
from offences.returns.cells.written_periods import read_span
from offences.returns.files.readers import read as read_file
from offences.returns.round.rounds import open_round, read_round
from offences.returns.settle.margins import shared, tighten
from offences.returns.settle.platform_names import read_attributor
from offences.returns.settle.settle import settle

PUBLIC = ROOT / "data" / "returns" / "public-answers"
PROJECT = Project(ROOT)
PLACES = Places.read(PROJECT)


@pytest.fixture(scope="module")
def answers():
    """Return the cells of the 65 public answers, by reference as FOI-01."""
    this_round = open_round(PROJECT, PUBLIC, PLACES)
    found: dict[str, list] = {}
    for file in read_round(PROJECT, this_round, PLACES):
        assert file.state == "accepted", file.said
        found.setdefault(file.path.name.split("_")[0], []).extend(file.cells)
    return found


def _only(cells, **wanted):
    (cell,) = [c for c in cells if all(getattr(c, k) == v for k, v in wanted.items())]
    return cell


def test_all_real_cells_are_taken_in_with_a_status_and_their_text(answers) -> None:
    cells = [cell for some in answers.values() for cell in some]
    assert len(answers) == 65 and len(cells) == 278
    assert Counter(cell.text.status for cell in cells) == {
        "reported": 208,
        "unresolved": 28,
        "empty": 22,
        "refused": 8,
        "missing": 4,
        "approximate": 4,
        "suppressed": 3,
        "not_held": 1,
    }
    for cell in cells:
        assert cell.text.status in STATUSES
        raw = cell.text.raw.strip()
        if raw.isdecimal() and cell.text.status != "unresolved":
            assert cell.text.value == cell.text.lower == cell.text.upper == int(raw)
        if cell.text.status == "unresolved":
            assert cell.text.note, "says why"


@pytest.mark.parametrize(
    ("raw", "status", "lower", "upper"),
    [
        ("", "empty", 0, math.nan),
        ("-", "empty", 0, math.nan),
        ("–", "empty", 0, math.nan),
        ("*", "suppressed", 0, 4),
        ("<5", "suppressed", 1, 4),
        ("fewer than five", "suppressed", 1, 4),
        ("1-4", "suppressed", 1, 4),
        ("1 to 4", "suppressed", 1, 4),
        ("0", "reported", 0, 0),
        ("nil", "reported", 0, 0),
        ("n/a", "missing", 0, math.nan),
        ("not held", "not_held", 0, math.nan),
        ("no information held", "not_held", 0, math.nan),
        ("refused s.12", "refused", 0, math.nan),
        ("s.12(2)", "refused", 0, math.nan),
        ("s.40(2)", "exempt", 0, math.nan),
        ("Section 30", "exempt", 0, math.nan),
        ("neither confirm nor deny s.23(5)", "exempt", 0, math.nan),
        ("FOISA s.12(1) cost and neither confirm nor deny", "refused", 0, math.nan),
        ("Not requested", "not_asked", 0, math.nan),
        ("ten", "reported", 10, 10),
        ("twenty-six", "reported", 26, 26),
        ("around 26", "approximate", 0, math.nan),
        ("at least 345", "approximate", 345, math.nan),
        ("nearly 50", "approximate", 0, 49),
        ("1,234", "reported", 1234, 1234),
        ("12 000", "reported", 12000, 12000),
        ("52¹", "reported", 52, 52),
        ("52 [1]", "reported", 52, 52),
        ("52*", "reported", 52, 52),
        ("a third", "approximate", 0, 100),
        ("3.5", "unresolved", 0, math.nan),
        ("2025-12-15", "unresolved", 0, math.nan),
        ("-3", "unresolved", 0, math.nan),
    ],
)
def test_every_marker_becomes_value_bounds_and_status(raw, status, lower, upper) -> None:
    mark = read(raw)
    assert (mark.raw, mark.status, mark.lower) == (raw, status, lower)
    assert mark.upper == upper or (math.isnan(upper) and math.isnan(mark.upper))
    assert math.isnan(mark.value) == (status not in ("reported", "approximate"))


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_cell(raw) -> None:
    mark = read(raw)
    assert mark.raw == raw and mark.status in STATUSES
    assert mark.status != "unresolved" or mark.note


def test_trap_three_blanks_in_one_grid(answers) -> None:
    cells = answers["FOI-01"]
    female = {c.age_band: c.text.status for c in cells if c.gender == "female"}
    male = {c.age_band: c.text.status for c in cells if c.gender == "male"}
    sums = {c.age_band: c.text for c in cells if c.gender == TOTAL}
    assert female["11 and under"] == "empty" and male["11 and under"] == "suppressed"
    assert (sums["11 and under"].status, sums["11 and under"].value) == ("reported", 0)


def test_trap_totals_that_ignore_suppressed_cells(answers) -> None:
    cells = answers["FOI-01"]
    flags = {cell.age_band: text for cell, text in tighten(cells).flags}
    assert flags == {
        "11 and under": "the sum 0 ignores the 1 suppressed cell that it is printed with",
        "12-15": "the sum 22 ignores the 2 suppressed cells that it is printed with",
    }
    whole = _only(cells, measure="offences").text
    parts = [cell for cell in cells if cell.measure == "victims"]
    assert shared(parts, whole).startswith("3 suppressed cells share 6 (52 less 46 visible)")


def test_trap_totals_that_do_not_match_their_rows(answers) -> None:
    (flag,) = tighten(answers["FOI-13"]).flags
    assert flag[1] == "the sum is printed as 245, the cells add to 244"


def test_suppressed_cells_are_tightened_by_the_margins(tmp_path) -> None:
    rows = [
        ["", "F", "M", "Total"],
        ["12-15", 20, "*", 23],
        ["16+", "*", 5, 5],
        ["Total", 20, 8, 28],
    ]
    path = received_files.workbook(tmp_path / "kent.xlsx", {"A": rows})
    layout = Layout.model_validate(
        {"force": "Kent", "period": "2023/24", "unit": "victims", "tables": [
            {"rows": ["age_band"], "columns": ["gender"], "measure": "victims",
             "totals": ["Total"]}]}
    )  # fmt: skip
    cells = read_tables("kent.xlsx", read_file(path), layout, PLACES)
    done = tighten(cells)
    bound = {(c.age_band, c.gender): b for c, b in zip(cells, done.bounds, strict=True)}
    assert bound["12-15", "male"] == (3, 3)
    flagged = {(c.age_band, c.gender): text for c, text in done.flags}
    assert "ignores the 1 suppressed" in flagged["16+", TOTAL]
    assert "ignores the 1 suppressed" in flagged[TOTAL, "female"]


def test_trap_platform_counts_above_or_below_the_offences(answers) -> None:
    lancashire = [c for c in answers["PR-02"] if c.measure == "means"]
    assert sum(c.text.value for c in lancashire) == 544
    assert not tighten(answers["PR-02"]).flags, "platforms are never summed"
    shares = [c.text.value for c in answers["PR-24"]]
    assert round(sum(shares), 1) == 101.8, "shares are kept as printed, never scaled to 100"


def test_trap_one_cell_for_several_platforms(answers) -> None:
    assert _only(answers["PR-04"], means="Snapchat and Facebook").text.status == "approximate"
    assert _only(answers["PR-05"], means="Facebook, Snapchat or Instagram").text.value == 47


def test_trap_run_together_digits(answers) -> None:
    hampshire = [c for c in answers["PR-09"] if c.force == "Hampshire and Isle of Wight"]
    assert [c.text.raw for c in hampshire] == ["152", "181", "291", "18", "", "279", "95"]
    assert resolve("1521812911827995", ["378"] * 7, [["1"] * 7]) is None
    assert resolve("10", ["1", ""], []) is None


def test_trap_run_together_digits_without_totals_stay_unresolved(tmp_path) -> None:
    path = tmp_path / "hampshire.csv"
    path.write_text("Force,2017/18,2018/19\nHampshire/IW,152181,\n")
    layout = {"tables": [{"run_together": ["Hampshire/IW"]}]}
    cells = read_tables("x", read_file(path), Layout.model_validate(layout), PLACES)
    assert {cell.text.status for cell in cells} == {"unresolved"}


def test_trap_label_and_figure_in_one_cell(answers) -> None:
    (cell,) = answers["FOI-18"]
    assert (cell.category, cell.text.value) == ("Making/Taking", 26)


def test_trap_a_footnote_star_on_a_name_is_not_suppression(answers) -> None:
    sussex = [c for c in answers["PR-09"] if c.force == "Sussex"]
    assert [c.text.status for c in sussex] == ["reported"] * 7


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("2017/18", "2017/18"),
        ("2023-24", "2023/24"),
        ("2017-04-03..2017-09-30", "2017-04..2017-09"),
        ("2018-10-01..2019-04-02", "2018-10-01..2019-04-02"),
        ("2017-04..2017-12", "2017-04..2017-12"),
        ("18 months (2017-04..2018-09)", "2017-04..2018-09"),
        ("calendar 2017", "2017-01..2017-12"),
        ("May 2018..April 2019", "2018-05..2019-04"),
        ("1 Jan-30th Nov 2016", "2016-01..2016-11"),
        ("01/04/2022-31/03/2023", "2022/23"),
        ("April 2023 to March 2024", "2023/24"),
    ],
)
def test_trap_periods_of_every_kind(written, means) -> None:
    assert str(read_span(written)) == means


@pytest.mark.parametrize(
    "written",
    [
        "April 1 2020 to March 31 2019",
        "2017/19",
        "2017..2021 (2021 = Jan-Jun)",
        "previous year",
        "two years",
        "2017-04-03..2017-10-03 changed to 2017-04-03..2018-01-03",
    ],
)
def test_trap_impossible_and_misprinted_periods_are_not_read(written) -> None:
    with pytest.raises(ValueError, match=r"misprint|may be meant|Write it as|Declare"):
        read_span(written)


def test_trap_a_six_month_figure_is_not_a_year(answers) -> None:
    half = _only(answers["PR-10"], force="Dyfed-Powys")
    assert half.text.status == "unresolved" and half.text.value == 19
    year = _only(answers["PR-11"], force="Dyfed-Powys", period="2017/18")
    assert year.text.value == half.text.value, "the later page prints it as a year"


def test_trap_units_are_told_apart(answers) -> None:
    victims = [c for c in answers["PR-17"] if c.measure == "means"]
    assert [c.unit for c in victims] == ["victims"]
    assert {c.unit for c in answers["FOI-17"]} == {"custody records"}
    assert {c.unit for c in answers["PR-21"]} >= {"forces", "people"}
    assert {c.unit for c in answers["PR-13"]} == {"offences", "percent"}


def test_a_unit_that_is_not_the_declared_one_is_told() -> None:
    layout = Layout.model_validate({"force": "Kent", "period": "2023/24", "tables": [
        {"rows": ["means"], "columns": ["measure"], "measure": "means"}]})  # fmt: skip
    from offences.returns.files.grids import grid

    rows = [["App", "offences"], ["Snapchat", "142 victims"]]
    (cell,) = read_tables("x", [grid("", rows)], layout, PLACES)
    assert cell.unit == "victims"
    assert cell.text.note == "the cell says victims, the layout offences"


def test_trap_a_different_offence_beside_it(answers) -> None:
    bases = {key: {c.basis for c in cells} for key, cells in answers.items()}
    assert bases["FOI-13"] == {"88A"} and bases["PR-25"] == {"86/02"}
    assert bases["PR-22"] == {"cyber-flagged"} and bases["FOI-24"] == {"all crime"}


def test_trap_age_bands_that_leave_out_an_age(answers) -> None:
    bands = [read_band(c.age_band) for c in answers["PR-01"] if c.age_band]
    assert gaps(bands) == ["age 11 lies in neither 'under 11' nor '12 to 15'"]
    metropolitan = [read_band(text) for text in ("0-5", "6-10", "11-15", "16-17")]
    assert gaps(metropolitan) == []
    assert [b.within(0, 11) for b in metropolitan] == [True, True, False, False]
    assert not metropolitan[2].within(0, 11) and not metropolitan[2].outside(0, 11)
    assert read_band("16 and over").high == math.inf
    assert read_band("15 and under").within(0, 15)


def test_trap_refused_is_not_zero(answers) -> None:
    refused = [c for cells in answers.values() for c in cells if c.text.status == "refused"]
    assert refused and all(math.isnan(c.text.value) for c in refused)
    assert _only(answers["FOI-06"], measure="means").text.status == "refused"
    assert _only(answers["FOI-09"], force="West Midlands").text.status == "refused"


def test_trap_keyword_searches_are_not_recorded_offences(answers) -> None:
    hits = [c for key in ("FOI-24", "FOI-25", "FOI-26") for c in answers[key]]
    assert {c.measure for c in hits} == {"keywords"}
    assert {c.unit for c in hits} == {"keyword hits"}


@pytest.mark.parametrize(
    ("written", "force"),
    [
        ("Hampshire/IW", "Hampshire and Isle of Wight"),
        ("Lancashire Police", "Lancashire"),
        ("Lancashire Constabulary", "Lancashire"),
        ("Northampton", "Northamptonshire"),
        ("Sussex*", "Sussex"),
    ],
)
def test_trap_force_names(written, force) -> None:
    assert PLACES.printed("force", written).name == force


def test_trap_the_force_comes_from_the_site_not_the_letter(answers) -> None:
    assert {c.force for c in answers["FOI-11"]} == {"Cambridgeshire"}


def test_trap_restatement_keeps_source_and_day(answers) -> None:
    first = _only(answers["PR-13"], period="2020/21", unit="offences")
    later = _only(answers["PR-12"], period="2020/21")
    assert (first.text.value, later.text.value) == (196, 195)
    for name in ("PR-12_psni", "PR-13_psni"):
        typed = yaml.safe_load((PUBLIC / f"{name}.answer.yaml").read_text())
        assert typed["source"] and typed["published_on"] and typed["url"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"table": "Shet1"}, "there is no table 'Shet1': did you mean 'Sheet1'?"),
        ({"header": [2]}, "'3' is none"),
        ({"header": [9]}, "row 9 is declared, but the table has 3 rows"),
        ({"rows": ["force"]}, "declared to name a force, but '12-15' is none"),
    ],
)
def test_a_mistake_in_a_layout_shows_the_rows_looked_at(tmp_path, change, told) -> None:
    rows = [["", "Female", "Male"], ["12-15", 3, 4], ["16+", 1, 2]]
    path = received_files.workbook(tmp_path / "kent.xlsx", {"Sheet1": rows})
    table = {"rows": ["age_band"], "columns": ["gender"], "measure": "victims"} | change
    layout = Layout.model_validate({"force": "Kent", "period": "2023/24", "tables": [table]})
    with pytest.raises(DataError) as problem:
        read_tables("kent.xlsx", read_file(path), layout, PLACES)
    assert told in str(problem.value)
    assert "    row 2: 12-15 | 3 | 4" in str(problem.value)


def test_an_unknown_measure_shows_the_rows_looked_at(tmp_path) -> None:
    received_files.workbook(tmp_path / "kent.xlsx", {"Sheet1": [["", "F"], ["12-15", 3]]})
    (tmp_path / "kent.xlsx.yaml").write_text("tables:\n- measure: victms\n")
    this_round = open_round(PROJECT, tmp_path, PLACES)
    (file,) = read_round(PROJECT, this_round, PLACES)
    assert file.state == "wrong layout"
    assert "unknown measure 'victms': did you mean 'victims'?" in file.said
    assert "row 2: 12-15 | 3" in file.said


def test_under_12_is_a_share_of_known_ages_with_bounds_over_all(tmp_path) -> None:
    (tmp_path / "kent.csv").write_text(
        "Age,2023/24\n11 and under,20\n12-15,50\n16 and over,10\nUnknown Age,20\n"
    )
    (tmp_path / "kent_total.answer.yaml").write_text(
        "force: Kent\nperiod: 2023/24\nstatements:\n- printed: '100'\n"
    )
    this_round = open_round(PROJECT, tmp_path, PLACES)
    cells = [cell for file in read_round(PROJECT, this_round, PLACES) for cell in file.cells]
    found = {
        one.measure: one for one in settle(cells, read_attributor(PROJECT, Platforms.read(PROJECT)))
    }
    share = found["pct_under_12"]
    assert (share.value, share.lower, share.upper) == (25, 20, 40)


def test_several_tables_on_a_sheet_and_a_transposed_one(tmp_path) -> None:
    rows = [
        ["Question 1"], ["", "Female", "Male"], ["12-15", 3, 4], ["16+", 1, 2], [],
        ["Question 4"], ["", "Snapchat", "Kik"], ["2022/23", 5, 6], ["2023/24", 7, 8],
    ]  # fmt: skip
    path = received_files.workbook(tmp_path / "kent.xlsx", {"Sheet1": rows})
    layout = Layout.model_validate({"force": "Kent", "period": "2023/24", "tables": [
        {"header": [2], "last": 4, "rows": ["age_band"], "columns": ["gender"],
         "measure": "victims", "unit": "victims"},
        {"header": [7], "rows": ["period"], "columns": ["means"], "measure": "means"},
    ]})  # fmt: skip
    cells = read_tables("kent.xlsx", read_file(path), layout, PLACES)
    assert [c.text.value for c in cells] == [3, 4, 1, 2, 5, 6, 7, 8]
    assert _only(cells, period="2022/23", means="Kik").text.value == 6
    assert _only(cells, age_band="16+", gender="male").unit == "victims"


def test_a_recognised_table_without_a_period_says_so(tmp_path) -> None:
    (tmp_path / "kent.csv").write_text("Age,Female,Male\n12-15,3,4\n")
    this_round = open_round(PROJECT, tmp_path, PLACES)
    (file,) = read_round(PROJECT, this_round, PLACES)
    assert file.state == "not understood" and file.named == "Kent"
    assert "nothing says its period: declare it in kent.csv.yaml" in file.said
    assert "row 2: 12-15 | 3 | 4" in file.said
