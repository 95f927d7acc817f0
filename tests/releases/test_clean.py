"""Cleaning: pages agree, disagree or only round; the newest figure holds, nothing is imputed."""

from __future__ import annotations

import datetime
import math
import shutil
from pathlib import Path

import pytest
from helpers.projects import ROOT

from offences.project import Project
from offences.reference.bounds import Bounds
from offences.reference.statuses import EXACT, Status
from offences.releases.clean import Cleaned, clean
from offences.releases.load import Loaded, load
from offences.releases.schemas import CELL
from offences.tables import rows_of

PAGES = ("one", "two", "three")


@pytest.fixture
def simulated(tmp_path: Path) -> Project:
    """A project with the reference tables, no known issues and no release yet."""
    root = tmp_path.resolve()
    (root / "data" / "raw").mkdir(parents=True)
    shutil.copytree(ROOT / "data" / "reference", root / "data" / "reference")
    for name in ("known_issues.csv", "names_set_aside.csv"):
        path = root / "data" / "reference" / name
        header = path.read_text(encoding="utf-8").splitlines()[0]
        path.write_text(f"{header}\n", encoding="utf-8")
    return Project(root)


def _release(project: Project, month: str, *printed: str) -> None:
    """Add a SIMULATED release whose pages print one figure each of Gwent in 2017/18."""
    folder = project.raw / f"simulated-{month}"
    folder.mkdir()
    (folder / "release.yaml").write_text(
        f'title: SIMULATED, {month}\nmonth: "{month}"\ncovers: Gwent\n', encoding="utf-8"
    )
    pages = "".join(f"{p},SIMULATED,{month},https://example.org,simulated,,\n" for p in PAGES)
    (folder / "sources.csv").write_text(
        f"source,publisher,published_on,url,kind,rewrite_of,note\n{pages}", encoding="utf-8"
    )
    figures = "".join(
        f'{page},force,Gwent,2017/18,offences,,"{text}",count,\n'
        for page, text in zip(PAGES, printed, strict=False)
    )
    (folder / "figures.csv").write_text(
        f"source,place_kind,place,period,measure,subject,printed,unit,note\n{figures}",
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("printed", "value", "status", "bounds"),
    [
        (("44",), 44, Status.REPORTED, Bounds(44, 44)),
        (("44", "44"), 44, Status.REPORTED, Bounds(44, 44)),
        (("44", "54"), math.nan, Status.DISPUTED, Bounds(44, 54)),
        (("44", "n/a"), 44, Status.REPORTED, Bounds(44, 44)),
        (("44", "over 40"), 44, Status.REPORTED, Bounds(44, 44)),
        (("over 40",), 40, Status.APPROXIMATE, Bounds(41)),
        (("over 40", "almost 60"), math.nan, Status.APPROXIMATE, Bounds(41, 59)),
        (("over 40", "up to 40"), 40, Status.APPROXIMATE, Bounds(0)),
        (("40", "over 40"), 40, Status.APPROXIMATE, Bounds(41)),
        (("n/a",), math.nan, Status.MISSING, Bounds(0)),
        (("<5",), math.nan, Status.SUPPRESSED, Bounds(1, 4)),
    ],
)
def test_what_the_pages_of_one_release_say_together(
    simulated: Project, printed: tuple[str, ...], value: float, status: Status, bounds: Bounds
) -> None:
    _release(simulated, "2027-11", *printed)
    cleaned = clean(simulated, load(simulated), None)
    (row,) = rows_of(cleaned.vintages)
    assert row["value"] == pytest.approx(value, nan_ok=True)
    assert (row["status"], Bounds.of(row)) == (status, bounds)
    (settled,) = rows_of(cleaned.settled)
    assert (settled["status"], Bounds.of(settled)) == (status, bounds)


def test_wordings_that_cannot_both_be_true_say_so(simulated: Project) -> None:
    _release(simulated, "2027-11", "over 40", "up to 40")
    (row,) = rows_of(clean(simulated, load(simulated), None).vintages)
    assert row["note"] == "wordings disagree: over 40, up to 40"


def test_a_number_printed_elsewhere_with_a_wording_only_lost_it(simulated: Project) -> None:
    _release(simulated, "2027-11", "47", "over 47")
    bare, worded = rows_of(clean(simulated, load(simulated), None).observations)
    assert (bare["status"], bare["note"]) == ("approximate", "printed elsewhere as over 47")
    assert Bounds.of(bare) == Bounds(0)
    assert (worded["status"], worded["note"]) == ("approximate", "")


@pytest.mark.parametrize(
    ("older", "newer", "value"),
    [
        ("44", "46", 46),
        ("44", "over 40", 44),
        ("over 40", "46", 46),
        ("44", "n/a", math.nan),
        ("over 40", "over 50", 50),
    ],
)
def test_the_newest_figure_holds_and_no_wording_replaces_an_exact_one(
    simulated: Project, older: str, newer: str, value: float
) -> None:
    _release(simulated, "2027-11", older)
    _release(simulated, "2028-11", newer)
    loaded = load(simulated)
    (settled,) = rows_of(clean(simulated, loaded, None).settled)
    assert settled["value"] == pytest.approx(value, nan_ok=True)
    (before,) = rows_of(clean(simulated, loaded, datetime.date(2028, 1, 1)).settled)
    assert before["printed"] == older


def test_nothing_is_dropped_between_the_stages(loaded: Loaded, cleaned: Cleaned) -> None:
    assert len(cleaned.observations) == len(loaded.observations)
    for table in (cleaned.vintages, cleaned.settled):
        assert set(table[CELL].itertuples(index=False, name=None)) == set(
            loaded.observations[CELL].itertuples(index=False, name=None)
        )


def test_nothing_is_imputed(loaded: Loaded, cleaned: Cleaned) -> None:
    printed = set(loaded.observations["value"].dropna())
    assert set(cleaned.settled["value"].dropna()) <= printed
    assert set(cleaned.vintages["value"].dropna()) <= printed


def test_every_exact_figure_lies_in_its_bounds(cleaned: Cleaned) -> None:
    for table in (cleaned.observations, cleaned.vintages, cleaned.settled):
        for row in rows_of(table[table["status"].isin(EXACT) & table["value"].notna()]):
            assert row["value"] in Bounds.of(row), row


def test_pages_that_rewrite_another_do_not_count_as_independent(cleaned: Cleaned) -> None:
    table = cleaned.vintages
    assert (table["independent_pages"] <= table["pages"]).all()
    assert (table["independent_pages"] < table["pages"]).any()
