"""Layouts of raw files: a log of figures, and tables as they were printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from offences.errors import DataError
from offences.project import Project
from offences.releases.layouts import LOG_COLUMNS, PrintedCell, printed_cells
from offences.releases.sources import Release, read_releases

LAYOUT = "source: page\nmeasure: offences\nunit: count\nrows: force\n"


@pytest.fixture
def release(tmp_path: Path) -> tuple[Project, Release]:
    """A SIMULATED release without figures."""
    folder = tmp_path.resolve() / "data" / "raw" / "simulated-2027-11"
    folder.mkdir(parents=True)
    (folder / "release.yaml").write_text(
        'title: SIMULATED release\nmonth: "2027-11"\ncovers: Wales\n', encoding="utf-8"
    )
    (folder / "sources.csv").write_text(
        "source,publisher,published_on,url,kind,rewrite_of,note\n"
        "page,SIMULATED,2027-11-02,https://example.org,simulated,,\n",
        encoding="utf-8",
    )
    project = Project(tmp_path.resolve())
    return project, read_releases(project)[0]


def _cells(release: tuple[Project, Release], **files: str) -> list[PrintedCell]:
    project, about = release
    for name, text in files.items():
        (about.folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return list(printed_cells(project, about))


def test_each_row_of_a_log_is_a_cell(release: tuple[Project, Release]) -> None:
    text = f"{','.join(LOG_COLUMNS)}\npage,force,Gwent,2017/18,offences,,n/a,count,a note\n"
    assert _cells(release, figures_csv=text) == [
        PrintedCell(
            file="data/raw/simulated-2027-11/figures.csv",
            row=2,
            column="printed",
            source="page",
            place_kind="force",
            place="Gwent",
            period="2017/18",
            measure="offences",
            subject="",
            printed="n/a",
            unit="count",
            note="a note",
        )
    ]


def test_each_cell_of_a_table_is_one_with_what_its_layout_says(
    release: tuple[Project, Release],
) -> None:
    cells = _cells(
        release,
        table_csv="Force,2017/18,Six years\nGwent,007,NO\nTotal,,9\n",
        table_yaml=LAYOUT
        + "headings:\n  Six years: 2017/18..2022/23\n"
        + "totals:\n  Total: {place_kind: nation, place: Wales}\n",
    )
    found = [(c.row, c.column, c.place_kind, c.place, c.period, c.printed) for c in cells]
    assert found == [
        (2, "2017/18", "force", "Gwent", "2017/18", "007"),
        (2, "Six years", "force", "Gwent", "2017/18..2022/23", "NO"),
        (3, "2017/18", "nation", "Wales", "2017/18", ""),
        (3, "Six years", "nation", "Wales", "2017/18..2022/23", "9"),
    ]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"table_csv": "Force,2017/18\nGwent,1\n"}, "table.csv: table.yaml is missing beside it"),
        (
            {"table_csv": "Force,2017/18,2017/18\nGwent,1,2\n", "table_yaml": LAYOUT},
            "row 1, column '2017/18': two columns have this heading",
        ),
        (
            {"table_csv": "Force,2017/18\nGwent,1\nGwent,2\n", "table_yaml": LAYOUT},
            "row 3, column 'Force': 'Gwent' is already in row 2",
        ),
        (
            {"table_csv": "Force,2017/18\n", "table_yaml": LAYOUT},
            "the table has no rows; it may have been cut short",
        ),
        (
            {
                "table_csv": "Force,2017/18\nGwent,1\n",
                "table_yaml": LAYOUT + "totals:\n  Sum: {place_kind: nation, place: Wales}\n",
            },
            "table.yaml: totals: no row of the table is named 'Sum'",
        ),
        (
            {
                "table_csv": "Force,2017/18\nGwent,1\n",
                "table_yaml": LAYOUT + "totals:\n  Gwent: {place_kind: shire, place: Gwent}\n",
            },
            "table.yaml: totals.Gwent.place_kind: Input should be 'uk'",
        ),
        (
            {"figures_csv": f"{','.join(LOG_COLUMNS)}\npage,shire,Gwent,2017/18,o,,1,count,\n"},
            "row 2, column 'place_kind': unknown place kind 'shire'. Known: uk, nation, region",
        ),
        ({"notes_txt": "kept by mistake\n"}, "notes.txt: nothing says how to read this file"),
    ],
)
def test_a_file_that_is_not_laid_out_as_said_is_refused(
    release: tuple[Project, Release], files: dict[str, str], problem: str
) -> None:
    with pytest.raises(DataError) as error:
        _cells(release, **files)
    assert problem in str(error.value)
