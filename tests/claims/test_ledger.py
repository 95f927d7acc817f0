"""The ledger of a place: verdicts, readings and rows as tables, and how many there are in words."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable

import pandas as pd
import pytest

from offences.claims import ledger
from offences.claims.statements import Claim, read_claims
from offences.claims.verdicts import Verdict, judge
from offences.project import Project
from offences.releases.clean import Cleaned, clean
from offences.releases.load import Loaded

BROADCAST = datetime.date(2023, 8, 15)
NAN = math.nan


@pytest.fixture(scope="module")
def claims(project: Project, loaded: Loaded) -> dict[str, Claim]:
    return {claim.name: claim for claim in read_claims(project, loaded)}


@pytest.fixture(scope="module")
def now(project: Project, loaded: Loaded) -> Cleaned:
    return clean(project, loaded, None)


def test_claims_about_a_place_are_those_made_by_a_day_under_any_of_its_names(
    claims: dict[str, Claim], loaded: Loaded
) -> None:
    places, every = loaded.vocabulary.places, list(claims.values())
    wales = places.asked_for("Wales", "ons")
    by_then = {claim.name for claim in ledger.about(every, wales, BROADCAST)}
    ever = {claim.name for claim in ledger.about(every, wales, None)}
    assert {"itv-wales-1753", "itv-wales-almost-2000"} <= by_then
    assert "walesonline-wales-554" in ever - by_then
    assert ledger.about(every, wales, datetime.date(2018, 1, 1)) == []
    nation = ledger.about(every, places.asked_for("Northern Ireland", "ons"), None)
    force = ledger.about(every, places.asked_for("PSNI", "ons"), None)
    assert nation == force
    assert "belfast-telegraph-983" in {claim.name for claim in force}
    assert ledger.about(every, places.asked_for("City of London", "ons"), None) == []


def test_without_claims_the_tables_have_their_columns(now: Cleaned) -> None:
    verdicts, readings, rows = ledger.tables([], now, lambda _: now)
    assert (list(verdicts.columns), len(verdicts)) == (ledger.LEDGER, 0)
    assert (list(readings.columns), len(readings)) == (ledger.READINGS, 0)
    assert (list(rows.columns), len(rows)) == (ledger.ROWS, 0)


def test_a_row_of_the_ledger_holds_both_verdicts_and_both_numbers(
    claims: dict[str, Claim], now: Cleaned, project: Project, loaded: Loaded
) -> None:
    days = []

    def known_on(day: datetime.date) -> Cleaned:
        days.append(day)
        return clean(project, loaded, day)

    two = [claims["itv-wales-1753"], claims["itv-wales-almost-2000"]]
    verdicts, readings, rows = ledger.tables(two, now, known_on)
    assert days == [BROADCAST], "a day is looked up once"
    row = verdicts.iloc[0]
    assert (row["claim"], row["stated"], row["stated_value"]) == ("itv-wales-1753", "1,753", 1753)
    assert (row["computed"], row["shown_value"], row["shown_lower"]) == (
        "at least 1,753", 1753, 1753,
    )  # fmt: skip
    assert math.isnan(row["shown_upper"])
    assert (row["verdict"], row["on_the_day"]) == (Verdict.CAVEAT, Verdict.CANNOT)
    assert (row["reading"], row["day"], row["place_kind"]) == (
        "the forces added up", "2023-08-15", "nation",
    )  # fmt: skip
    assert list(verdicts["verdict"]) == [Verdict.CAVEAT, Verdict.STRETCHED]
    held = readings[readings["claim"] == "itv-wales-1753"]
    assert held[["reading", "value", "gives_it", "plain", "evidence"]].values.tolist() == [
        ["the forces added up", 1753, True, True, True],
        ["the release's own figure", 1753, True, True, False],
    ]
    assert set(rows["claim"]) == {"itv-wales-1753", "itv-wales-almost-2000"}


def test_what_nothing_is_known_of_has_no_number(claims: dict[str, Claim], now: Cleaned) -> None:
    verdicts, _, _ = ledger.tables([claims["itv-uk-150-platforms"]], now, lambda _: now)
    row = verdicts.iloc[0]
    assert (row["verdict"], row["computed"], row["reading"]) == (Verdict.CANNOT, "\u2013", "")
    assert row[["shown_value", "shown_lower", "shown_upper"]].isna().all()


def test_a_verdict_rests_on_the_printed_cells_with_file_and_row(
    claims: dict[str, Claim], now: Cleaned
) -> None:
    rows = ledger.rests_on(judge(claims["itv-uk-over-34000"], now), now)
    assert set(rows["period"]) == {
        "2017/18", "2018/19", "2019/20", "2020/21", "2021/22", "2022/23",
    }  # fmt: skip
    table = rows[rows["file"] == "data/raw/nspcc-2024-11/uk_by_year.csv"]
    assert sorted(table["printed"]) == ["3728", "5333", "5954", "6275", "6319", "6350"]
    assert set(table["row"]) == {2}
    assert set(table["column"]) == set(table["period"])


def test_what_cannot_be_checked_still_shows_what_the_release_prints(
    claims: dict[str, Claim], now: Cleaned
) -> None:
    rows = ledger.rests_on(judge(claims["itv-uk-girls-83"], now), now)
    assert set(rows["measure"]) == {"pct_girls", "victims_female", "gender_known"}
    assert set(rows["reading"]) == {
        "of victims where known, the release's own figure",
        "the nearest that is counted",
    }
    # The charity printed 10,700, a wording beside the exact 10,722: it decides nothing.
    assert "10722" in set(rows["printed"])
    assert "10700" not in set(rows["printed"])


def test_wordings_that_are_used_are_listed_once_with_their_limits(
    claims: dict[str, Claim],
) -> None:
    almost = claims["itv-wales-almost-2000"]
    table = ledger.rules_used([almost, almost, claims["itv-uk-over-34000"]])
    assert table[["stated", "from"]].values.tolist() == [
        ["almost 2,000", 1900],
        ["over 34,000", 34000],
    ]
    assert table["to"].iloc[0] == 2000
    assert math.isnan(table["to"].iloc[1]), "an open end is a number that is not known"
    assert table["reason"].str.len().min() > 10
    assert list(ledger.rules_used([]).columns) == ["stated", "from", "to", "reason"]


def said(*verdicts: Verdict) -> pd.DataFrame:
    """Return a SIMULATED ledger with these verdicts."""
    rows = [
        {
            "publisher": "A paper",
            "published": "2023-08-15",
            "says": "It is so.",
            "stated": "5",
            "computed": "at least 4",
            "shown_lower": NAN if verdict == Verdict.CANNOT else 4.0,
            "verdict": verdict,
            "on_the_day": verdict,
        }
        for verdict in verdicts
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ([Verdict.HOLDS], "Wales: of 1 public statement, 1 holds"),
        ([Verdict.HOLDS] * 2, "Wales: of 2 public statements, 2 hold"),
        (
            [Verdict.CANNOT, Verdict.CAVEAT, Verdict.CAVEAT],
            "Wales: of 3 public statements, 2 hold with a caveat and 1 cannot be checked",
        ),
        (
            [Verdict.CONTRADICTED, Verdict.STRETCHED, Verdict.STRETCHED, Verdict.OTHER],
            "Wales: of 4 public statements, 1 only on another reading, 2 are stretched and 1 is "
            "contradicted",
        ),
    ],
)
def test_verdicts_are_counted_from_the_best_on(
    run: Callable, verdicts: list[Verdict], words: str
) -> None:
    assert ledger.summary_of(run().request, said(*verdicts)) == words


def test_no_statements_is_a_summary_too(run: Callable) -> None:
    empty = pd.DataFrame(columns=ledger.LEDGER)
    assert ledger.summary_of(run(region="London").request, empty) == (
        "London: no statements to check"
    )
    assert ledger.in_words(run(region="London").request, empty) == (
        "London: no statements to check."
    )


def test_each_claim_is_told_with_both_numbers_and_the_verdict_of_its_day(run: Callable) -> None:
    """SIMULATED: one claim that could not be checked then, one that still cannot."""
    table = said(Verdict.HOLDS, Verdict.CANNOT)
    table.loc[0, "on_the_day"] = Verdict.CANNOT
    assert ledger.in_words(run().request, table) == (
        "Wales: of 2 public statements, 1 holds and 1 cannot be checked. A paper, 2023-08-15: It "
        "is so. Stated 5, computed at least 4: holds (on the day: cannot be checked). A paper, "
        "2023-08-15: It is so. Stated 5, nothing public to compute it from: cannot be checked."
    )
