"""A review: every check goes red on a run that is known to be bad, and green on one that is not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from helpers.projects import edit
from helpers.reviews import KEPT, NAMES, checks, copy_of_wales, of, quickly, red, reseal, review

from offences.runs.run_folder import REVIEW


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A copy of the run of Wales that a test may tamper with."""
    return copy_of_wales(tmp_path / "bad")


def book(folder: Path, change: Callable[[nbformat.NotebookNode], None]) -> None:
    """Change the executed notebook of platforms."""
    path = folder / "notebooks" / "04_platform_attribution.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)


@pytest.mark.parametrize("folder", KEPT, ids=lambda folder: folder.parent.name)
def test_the_kept_runs_pass_every_check(folder: Path) -> None:
    done = checks(folder)
    assert [one.asks for one in done] == list(NAMES.values())
    assert red(done) == set(), [one.said for one in done if not one.holds]


@pytest.fixture(autouse=True)
def no_reports_left() -> object:
    yield
    for folder in KEPT:
        (folder / REVIEW).unlink(missing_ok=True)


def test_a_picture_tampered_with_and_its_data_left_alone(bad: Path) -> None:
    shutil.copyfile(bad / "change.png", bad / "force_by_year.png")
    found = red(checks(bad))
    assert {"manifest", "shown", "pictures", "page"} <= found
    assert "data" not in found
    reseal(bad)
    found = red(checks(bad))
    assert "manifest" not in found
    assert {"shown", "pictures"} <= found


def test_a_cell_run_out_of_order(bad: Path) -> None:
    def swap(notebook: nbformat.NotebookNode) -> None:
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        code[1].execution_count, code[2].execution_count = 3, 2

    book(bad, swap)
    reseal(bad)
    done = quickly(bad)
    assert "cells" in red(done)
    assert any("code cell 2 ran as 3" in one.said for one in done)


def test_an_output_edited_by_hand(bad: Path) -> None:
    def forge(notebook: nbformat.NotebookNode) -> None:
        text = json.dumps(notebook)
        assert "2,097 of 3,171" in text
        changed = nbformat.from_dict(json.loads(text.replace("2,097 of 3,171", "2,079 of 3,171")))
        notebook.cells = changed.cells

    book(bad, forge)
    reseal(bad)
    assert red(checks(bad)) == {"outputs"}


def test_a_notebook_that_cannot_be_read(bad: Path) -> None:
    (bad / "notebooks" / "04_platform_attribution.ipynb").write_text("{", encoding="utf-8")
    assert {"manifest", "cells", "parameters", "shown", "outputs"} <= red(checks(bad))


def test_a_stale_manifest(bad: Path) -> None:
    edit(bad / "change.txt", "97 to 159", "97 to 195")
    done = quickly(bad)
    assert {"manifest", "numbers", "page"} <= red(done)
    assert any("change.txt has changed" in one.said for one in done)


def test_a_headline_number_that_does_not_follow(bad: Path) -> None:
    edit(bad / "headline.csv", "force_years_reported,22,", "force_years_reported,23,")
    reseal(bad)
    done = quickly(bad)
    assert "headline" in red(done)
    assert any(one.said == "force_years_reported differs" for one in done)


def test_a_raw_file_edited_since(bad: Path) -> None:
    path = of(bad).raw / "nspcc-2024-11" / "wales_force_by_year.csv"
    edit(path, "Gwent,44,26,", "Gwent,45,26,")
    done = quickly(bad)
    assert {"inputs", "headline"} <= red(done)
    assert any(
        "data/raw/nspcc-2024-11/wales_force_by_year.csv has changed" in one.said for one in done
    )


def test_a_parameter_declared_and_never_read(bad: Path) -> None:
    def declare(notebook: nbformat.NotebookNode) -> None:
        cell = next(c for c in notebook.cells if "parameters" in c.metadata.get("tags", []))
        cell.source += '\nbasis = "all"'

    book(bad, declare)
    reseal(bad)
    done = quickly(bad)
    assert "parameters" in red(done)
    assert any("declares basis" in one.said for one in done)


def test_a_parameter_that_did_not_arrive(bad: Path) -> None:
    path = bad / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["parameters"]["years"] = "2018/19:2022/23"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert {"parameters", "headline"} <= red(quickly(bad))


def test_a_title_with_another_number(bad: Path) -> None:
    edit(
        bad / "force_by_year.svg",
        "<dc:title>Wales: at least 1,753",
        "<dc:title>Wales: at least 1,735",
    )
    reseal(bad)
    assert {"numbers", "page"} <= red(quickly(bad))


def test_the_command_line_says_what_is_red(bad: Path) -> None:
    (bad / "victims.csv").unlink()
    done = review(bad, "check", f"figures/wales/{bad.name}")
    assert done.returncode == 1
    assert "RED  Is every file as the manifest says?  victims.csv is missing" in done.stdout
    assert json.loads((bad / REVIEW).read_text(encoding="utf-8"))[0]["holds"] is False
    nowhere = review(bad, "check", "figures/nowhere")
    assert nowhere.returncode == 2
    assert "There is no run in 'figures/nowhere'" in nowhere.stderr


def test_who_signs_is_on_the_page(bad: Path) -> None:
    for name in ("Ann Example", "Bob Example"):
        done = review(bad, "sign", str(bad), "--name", name, "--role", "reviewer")
        assert done.returncode == 0, done.stderr
    assert "git add data/signatures.csv" in done.stdout
    page = (bad / "index.html").read_text(encoding="utf-8")
    assert "Signed by Ann Example (reviewer)" in page
    assert "page" not in red(quickly(bad))
