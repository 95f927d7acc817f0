"""The page of a run, and the page of all runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from helpers.reviews import KEPT, kept_run

from offences.project import Project
from offences.runs import index_page
from offences.runs.pages import shown_cell, words_on_one_line
from offences.runs.run_folder import RunFolder


@pytest.mark.parametrize("folder", KEPT, ids=lambda folder: folder.parent.name)
def test_the_page_loads_nothing_and_is_structured(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert len(page.encode()) < 1_500_000
    assert '<html lang="en-GB">' in page
    assert not re.search(r'(src|href)="(https?:)?//', page)
    assert "<script" not in page
    assert page.count("<h1>") == 1
    assert all('alt="Chart: ' in tag for tag in re.findall(r"<img [^>]*>", page))
    assert page.count("<caption>") == page.count("<table>")
    assert "Unsigned." in page


def test_the_page_of_wales_answers_what_a_reader_asks_first() -> None:
    page = (kept_run("wales") / "index.html").read_text(encoding="utf-8")
    first = re.search(r'<section class="first".*?</section>', page, re.DOTALL)
    assert first
    text = re.sub(r"<[^>]*>", " ", first[0])
    for said in (
        "at least 1,753 offences",
        "2 of 24: Gwent 2020/21; South Wales 2022/23.",
        "On the forces that reported both years in full (Gwent and North Wales) they went from 97",
        "15% of offences whose means is known, their number not printed",
        "Unsigned.",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1753", "1,753"),
        ("-1753", "-1,753"),
        ("999", "999"),
        ("63.9175", "63.9"),
        ("64.0", "64"),
        ("2017/18", "2017/18"),
        ("n/a", "n/a"),
        ("", ""),
    ],
)
def test_a_cell_as_a_reader_sees_it(text: str, shown: str) -> None:
    assert shown_cell(text) == shown


def test_words_without_the_line_breaks_of_their_file(made: RunFolder) -> None:
    assert words_on_one_line(made, "change") == "Gwent went from 97 to 159, twenty-two more."


def point_to(run: RunFolder) -> None:
    """Let ``latest`` name a run of the project that ``copy`` made in the same folder."""
    (run.path.parent / "latest").write_text(f"{run.path.name}\n", encoding="utf-8")


def _rows(project: Project) -> dict[str, list[str]]:
    """Return the cells of the page of all runs by their place, links without their address."""
    page = (project.figures / "index.html").read_text(encoding="utf-8")
    body = page[page.index("<tbody>") :]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>")[:-1]]
    return {re.sub(r"<[^>]*>", "", cells[0]): cells for cells in rows}


def test_the_page_of_all_runs_lists_what_is_there_and_what_could_be(
    copy: Project, made: RunFolder
) -> None:
    point_to(made)
    shutil.copytree(made.path.parent, copy.figures / "kent")
    index_page.write(copy)
    rows = _rows(copy)
    link, years, offences, covered, signed, day, version = rows["Wales"]
    assert link == '<a href="wales/latest-1a2b3c4d/index.html">Wales</a>'
    assert (years, offences, covered) == ("2017/18 to 2022/23", "at least 1,753", "22 of 24")
    assert (signed, version) == ("unsigned.", "latest-1a2b3c4d")
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", day)
    assert rows["London"] == ["London", "", "no run yet", "", "", "", ""]
    assert "Kent" in rows
    assert "Gwent" not in rows, "a force is listed only with a run"
    assert len(rows) == 15, "the nations, the regions of England and Kent"


def test_a_run_without_printed_figures_says_so_on_the_page_of_all_runs(
    copy: Project, made: RunFolder
) -> None:
    table = made.path / "headline.csv"
    text = table.read_text(encoding="utf-8").replace("1753,1753,", ",,")
    table.write_text(text, encoding="utf-8")
    point_to(made)
    index_page.write(copy)
    assert _rows(copy)["Wales"][2] == "none printed"
