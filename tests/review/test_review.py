"""A review: every check goes red on a run that is known to be bad, and green on one that is not."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import nbformat
import openpyxl
import pandas as pd
import pytest
from helpers.projects import ROOT, copied, edit
from helpers.reviews import KEPT, NAMES, checks, of, quickly, red, reseal, review
from rdflib.plugins.shared.jsonld.context import Context
from rocrate_validator.models import Severity
from rocrate_validator.services import ValidationSettings, validate
from rocrate_validator.utils.http import HttpRequester

from offences.errors import OffencesError
from offences.project import Project
from offences.runs import signatures, workbook
from offences.runs.run_folder import REVIEW, RunFolder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed Wales run, in a project of its own."""
    project = copied(tmp_path_factory.mktemp("review"))
    wales = next(folder for folder in KEPT if folder.parent.name == "wales")
    place = project.figures / "wales" / wales.name
    shutil.copytree(wales, place)
    return place


@pytest.fixture
def bad(kept: Path, tmp_path: Path) -> Path:
    """A copy of the run that a test may tamper with."""
    project = copied(tmp_path / "bad")
    place = project.figures / "wales" / kept.name
    shutil.copytree(kept, place)
    return place


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


def test_two_people_sign_and_a_changed_byte_voids_it(bad: Path) -> None:
    project, today = of(bad), datetime.date(2026, 11, 24)
    assert signatures.state(project, RunFolder(bad)) == "unsigned."
    signatures.sign(project, RunFolder(bad), "Ann Example", "analyst", today)
    assert "1 of 2 people needed" in signatures.state(project, RunFolder(bad))
    with pytest.raises(OffencesError, match="a second person"):
        signatures.sign(project, RunFolder(bad), "ann  example", "editor", today)
    done = review(bad, "sign", str(bad), "--name", "Bob Example", "--role", "reviewer")
    assert done.returncode == 0, done.stderr
    said = signatures.state(project, RunFolder(bad))
    assert said.startswith("signed by Ann Example (analyst), 2026-11-24; Bob Example (reviewer)")
    assert "Signed by Ann Example" in (bad / "index.html").read_text(encoding="utf-8")
    edit(bad / "change.txt", "97 to 159", "97 to 195")
    assert (
        signatures.state(project, RunFolder(bad))
        == "unsigned. 2 signature(s) void: the run has changed since."
    )
    with pytest.raises(OffencesError, match="nobody can sign"):
        signatures.sign(project, RunFolder(bad), "Cy Example", "editor", today)


def test_the_kept_runs_are_unsigned_until_people_sign() -> None:
    for folder in KEPT:
        assert signatures.state(Project(ROOT), RunFolder(folder)) == "unsigned."


@pytest.mark.parametrize("folder", KEPT, ids=lambda folder: folder.parent.name)
def test_the_workbook_holds_the_numbers_of_the_tables(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / workbook.WORKBOOK)
    assert book.properties.language == "en-GB"
    assert book.properties.title.endswith(("Wales", "UK"))
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    for name, sheet in (("headline", "Headline"), ("force_by_year", "Force_years")):
        table = pd.read_csv(folder / f"{name}.csv")
        rows = list(book[sheet].iter_rows(values_only=True))
        head = next(i for i, row in enumerate(rows) if row[0] == table.columns[0].capitalize())
        shown = pd.DataFrame(rows[head + 1 :]).iloc[:, : len(table.columns)]
        shown.columns = table.columns
        assert len(shown) == len(table)
        for column in ("value", "lower", "upper"):
            numbers = pd.to_numeric(shown[column], errors="coerce")
            assert numbers.tolist() == pytest.approx(table[column].tolist(), nan_ok=True)
            shorthand = set(shown.loc[numbers.isna(), column])
            assert shorthand <= {workbook.OPEN, workbook.NOT_AVAILABLE}
        explained = " ".join(str(cell) for row in rows[:head] for cell in row if cell)
        assert all(line in explained for line in workbook.LEGEND)


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[str]]:
    """The validator's own rules; the JSON-LD context comes from the rocrate package, offline."""
    held = json.loads((files("rocrate") / "data" / "ro-crate.jsonld").read_text("utf-8"))
    monkeypatch.setattr(Context, "_fetch_context", lambda *_: held["@context"])
    answer = SimpleNamespace(
        status_code=200, ok=True, json=lambda: held, headers={"Content-Type": "application/ld+json"}
    )
    monkeypatch.setattr(HttpRequester, "get", lambda *_, **__: answer, raising=False)

    def of(folder: Path) -> list[str]:
        settings = ValidationSettings(
            rocrate_uri=str(folder),
            profile_identifier="process-run-crate",
            requirement_severity=Severity.REQUIRED,
        )
        return [str(issue.message) for issue in validate(settings).get_issues()]

    return of


def test_a_validator_accepts_the_crate(bad: Path, validated: Callable[[Path], list[str]]) -> None:
    assert validated(bad) == []
    path = bad / "ro-crate-metadata.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    actions = [e for e in content["@graph"] if e["@type"] == "CreateAction"]
    assert len(actions) == len(list((bad / "notebooks").glob("*.ipynb")))
    for action in actions:
        del action["instrument"]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert any("instrument" in said for said in validated(bad))


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
    wales = next(folder for folder in KEPT if folder.parent.name == "wales")
    page = (wales / "index.html").read_text(encoding="utf-8")
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
