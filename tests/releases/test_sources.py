"""Releases and their pages: from which day each is known, and which pages corroborate."""

from __future__ import annotations

import shutil

import pytest
from helpers.projects import ROOT, edit

from offences.errors import DataError
from offences.project import Project
from offences.releases.load import Loaded, load
from offences.releases.sources import (
    Source,
    pages_with_figures,
    read_releases,
    releases_with_figures,
)

SOURCES = "data/raw/nspcc-2024-11/sources.csv"
TABLE = "data/raw/nspcc-2024-11/wales_force_by_year.csv"


def test_releases_are_known_from_the_day_the_facts_give(project: Project) -> None:
    known = {release.name: release.published.isoformat() for release in read_releases(project)}
    expected = {
        "nspcc-2018-01": "2018-01-29",
        "nspcc-2018-06": "2018-06-18",
        "nspcc-2018-08": "2018-08-31",
        "nspcc-2019-10": "2019-10-31",
        "nspcc-2022-07": "2022-07-05",
        "nspcc-2023-08": "2023-08-14",
        "nspcc-2024-11": "2024-10-31",
        "foi-dyfed-powys-2022": "2022-06-30",
    }
    assert expected.items() <= known.items()
    assert list(known.values()) == sorted(known.values())


@pytest.mark.parametrize(
    ("kind", "rewrite_of", "independent"),
    [
        ("broadcaster", "", True),
        ("rewrite", "", False),
        ("rewrite", "walesonline", False),
        ("reprint", "walesonline", False),
    ],
)
def test_a_rewrite_corroborates_nothing(kind: str, rewrite_of: str, independent: bool) -> None:
    page = Source(
        file="sources.csv",
        line=2,
        source="a",
        publisher="A",
        published_on="2024-11",
        url="https://example.org",
        kind=kind,
        rewrite_of=rewrite_of,
        note="",
    )
    assert page.independent is independent


@pytest.mark.parametrize(
    ("old", "new", "column", "problem"),
    [
        ("2024-10-31", "2024-02-31", "published_on", "'2024-02-31' is not a date: write 2023-08"),
        ("2024-10-31", "31.10.2024", "published_on", "'31.10.2024' is not a date"),
        (
            ",2024-11,https://archyde.com/rise-in-online-grooming-crimes-in-wales-nspcc-reports-"
            "doubling-since-2017,rewrite,walesonline,",
            ",2024-11,https://example.org,rewrite,walesonlin,",
            "rewrite_of",
            "unknown source of this release 'walesonlin': did you mean 'walesonline'",
        ),
        ("\nbbc-news,", "\narchyde-com,", "source", "'archyde-com' is already in row 2"),
        ("\nbbc-news,BBC News (West),", "\nbbc-news,,", "publisher", "is empty"),
    ],
)
def test_a_slip_in_the_pages_of_a_release_is_named(
    copy: Project, old: str, new: str, column: str, problem: str
) -> None:
    row = edit(copy.root / SOURCES, old, new) + old.startswith("\n")
    with pytest.raises(DataError) as error:
        read_releases(copy)
    assert str(error.value).startswith(f"{SOURCES}, row {row}, column '{column}': {problem}")


def test_a_file_outside_a_release_is_refused(copy: Project) -> None:
    (copy.raw / "figures.csv").write_text("source\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"data/raw/figures.csv: is outside a release"):
        read_releases(copy)


def test_a_release_says_what_it_is(copy: Project) -> None:
    edit(copy.raw / "nspcc-2024-11" / "release.yaml", '"2024-11"', '"2024-13"')
    with pytest.raises(DataError, match="release.yaml: month"):
        read_releases(copy)


def test_releases_are_listed_with_how_many_figures_each_holds(loaded: Loaded) -> None:
    table = releases_with_figures(loaded.releases, loaded.observations).set_index("release")
    assert table["figures"].sum() == len(loaded.observations)
    assert table["published"].is_monotonic_increasing
    newest = table.loc["nspcc-2024-11"]
    assert (newest["title"], newest["covers"]) == ("NSPCC, November 2024", "UK")
    wales = loaded.observations[loaded.observations["place"] == "Wales"]
    assert set(releases_with_figures(loaded.releases, wales)["release"]) == set(wales["release"])


def test_pages_are_listed_with_how_many_figures_each_prints(loaded: Loaded) -> None:
    table = pages_with_figures(loaded.releases, loaded.observations).set_index("source")
    assert table["figures"].sum() == len(loaded.observations)
    assert not table.loc["nspcc-2024-11/archyde-com", "independent"]
    assert table.loc["nspcc-2024-11/walesonline", "independent"]
    assert table["url"].str.startswith("http").all()


def test_a_table_cut_between_two_rows_is_noticed(copy: Project) -> None:
    shutil.copyfile(ROOT / "data" / "datapackage.json", copy.root / "data" / "datapackage.json")
    load(copy)
    path = copy.root / TABLE
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(rows[:-1]), encoding="utf-8")
    with pytest.raises(DataError, match="changed or cut short") as error:
        load(copy)
    assert TABLE in str(error.value)
