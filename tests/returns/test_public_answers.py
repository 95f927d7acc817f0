"""The 65 public answers: each trap seen in a real answer, by its name."""

from __future__ import annotations

import math
from collections import Counter

import pytest
import yaml
from helpers.projects import ROOT
from helpers.return_cells import only

from offences.reference.bounds import Bounds
from offences.returns.cells.ages_and_genders import gaps, read_band
from offences.returns.cells.read_cells import TOTAL
from offences.returns.cells.return_statuses import ReturnStatus
from offences.returns.settle.margins import Tightened, remainder

PUBLIC = ROOT / "data" / "returns" / "public-answers"


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
        raw = cell.text.raw.strip()
        if cell.text.status is ReturnStatus.UNRESOLVED:
            assert cell.text.note, "says why"
        elif raw.isdecimal():
            assert cell.text.bounds == Bounds.exactly(int(raw))


def test_trap_three_blanks_in_one_grid(answers) -> None:
    cells = answers["FOI-01"]
    female = {c.age_band: c.text.status for c in cells if c.gender == "female"}
    male = {c.age_band: c.text.status for c in cells if c.gender == "male"}
    sums = {c.age_band: c.text for c in cells if c.gender == TOTAL}
    assert female["11 and under"] == "empty" and male["11 and under"] == "suppressed"
    assert (sums["11 and under"].status, sums["11 and under"].value) == ("reported", 0)


def test_trap_totals_that_ignore_suppressed_cells(answers) -> None:
    cells = answers["FOI-01"]
    wrong = {one.cell.age_band: str(one) for one in Tightened(cells).wrong}
    assert wrong == {
        "11 and under": "the sum 0 ignores the 1 suppressed cell that it is printed with",
        "12-15": "the sum 22 ignores the 2 suppressed cells that it is printed with",
    }
    whole = only(cells, measure="offences").text
    left = remainder([cell for cell in cells if cell.measure == "victims"], whole)
    assert str(left) == (
        "3 suppressed cells share 6 (52 less 46 visible), if each offence has one victim and "
        "empty cells hold none"
    )


def test_trap_totals_that_do_not_match_their_rows(answers) -> None:
    (wrong,) = Tightened(answers["FOI-13"]).wrong
    assert str(wrong) == "the sum is printed as 245, the cells add to 244"


def test_trap_platform_counts_above_or_below_the_offences(answers) -> None:
    lancashire = [c for c in answers["PR-02"] if c.measure == "means"]
    assert sum(c.text.value for c in lancashire) == 544
    assert Tightened(answers["PR-02"]).wrong == [], "platforms are never summed"
    shares = [c.text.value for c in answers["PR-24"]]
    assert round(sum(shares), 1) == 101.8, "shares are kept as printed, never scaled to 100"


def test_trap_one_cell_for_several_platforms(answers) -> None:
    assert only(answers["PR-04"], means="Snapchat and Facebook").text.status == "approximate"
    assert only(answers["PR-05"], means="Facebook, Snapchat or Instagram").text.value == 47


def test_trap_run_together_digits(answers) -> None:
    hampshire = [c for c in answers["PR-09"] if c.force == "Hampshire and Isle of Wight"]
    assert [c.text.raw for c in hampshire] == ["152", "181", "291", "18", "", "279", "95"]


def test_trap_label_and_figure_in_one_cell(answers) -> None:
    (cell,) = answers["FOI-18"]
    assert (cell.category, cell.text.value) == ("Making/Taking", 26)


def test_trap_a_footnote_star_on_a_name_is_not_suppression(answers) -> None:
    sussex = [c for c in answers["PR-09"] if c.force == "Sussex"]
    assert [c.text.status for c in sussex] == ["reported"] * 7


def test_trap_a_six_month_figure_is_not_a_year(answers) -> None:
    half = only(answers["PR-10"], force="Dyfed-Powys")
    assert half.text.status == "unresolved" and half.text.value == 19
    year = only(answers["PR-11"], force="Dyfed-Powys", period="2017/18")
    assert year.text.value == half.text.value, "the later page prints it as a year"


def test_trap_units_are_not_mixed(answers) -> None:
    victims = [c for c in answers["PR-17"] if c.measure == "means"]
    assert [c.unit for c in victims] == ["victims"]
    assert {c.unit for c in answers["FOI-17"]} == {"custody records"}
    assert {"forces", "people"} <= {c.unit for c in answers["PR-21"]}
    assert {c.unit for c in answers["PR-13"]} == {"offences", "percent"}


def test_trap_a_different_offence_beside_it(answers) -> None:
    bases = {key: {c.basis for c in cells} for key, cells in answers.items()}
    assert bases["FOI-13"] == {"88A"} and bases["PR-25"] == {"86/02"}
    assert bases["PR-22"] == {"cyber-flagged"}
    assert bases["FOI-24"] == {"all crime"}


def test_trap_age_bands_that_leave_out_an_age(answers) -> None:
    bands = [read_band(c.age_band) for c in answers["PR-01"] if c.age_band]
    assert gaps(bands) == ["age 11 lies in neither 'under 11' nor '12 to 15'"]


def test_trap_refused_is_not_zero(answers) -> None:
    refused = [c for cells in answers.values() for c in cells if c.text.status == "refused"]
    assert len(refused) == 8 and all(math.isnan(c.text.value) for c in refused)
    assert only(answers["FOI-06"], measure="means").text.status == "refused"
    assert only(answers["FOI-09"], force="West Midlands").text.status == "refused"


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
def test_trap_force_names(places, written, force) -> None:
    assert places.printed("force", written).name == force


def test_trap_the_force_comes_from_the_site_not_the_letter(answers) -> None:
    assert {c.force for c in answers["FOI-11"]} == {"Cambridgeshire"}


def test_trap_restatement_keeps_source_and_day(answers) -> None:
    first = only(answers["PR-13"], period="2020/21", unit="offences")
    later = only(answers["PR-12"], period="2020/21")
    assert (first.text.value, later.text.value) == (196, 195)
    for name in ("PR-12_psni", "PR-13_psni"):
        typed = yaml.safe_load((PUBLIC / f"{name}.answer.yaml").read_text())
        assert typed["source"] and typed["published_on"] and typed["url"]
