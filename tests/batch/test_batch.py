"""Runs: whole or not at all, the last good one stays, and failures name the cell."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from helpers.commands import cli, latest
from helpers.projects import ROOT, copied, edit

from offences.batch import plan
from offences.errors import RunError
from offences.execution.execute import execute
from offences.execution.processes import Children
from offences.files import checksums
from offences.project import Project
from offences.runs.run_folder import RunFolder
from offences.runs.versions import inputs


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project in which Wales was run once, from the command line."""
    project = copied(tmp_path_factory.mktemp("made"))
    done = cli(project, "--region", "Wales")
    assert done.returncode == 0, done.stderr
    assert "Wales  made" in done.stdout
    return project


def state(project: Project) -> dict[str, str]:
    """Return the checksums of the last good run and of the pointer to it."""
    found = checksums(project, project.figures)
    del found["figures/batch.json"]
    return {path: digest for path, digest in found.items() if not path.endswith("/.lock")}


def test_a_run_is_whole(made: Project) -> None:
    folder = latest(made, "wales")
    assert RunFolder(folder).is_whole
    names = {path.name for path in folder.iterdir()}
    for figure in ("force_by_year", "per_force", "change", "platform_shares", "means_known"):
        assert {f"{figure}.{ending}" for ending in ("svg", "png", "csv", "txt")} <= names
    assert {"headline.csv", "manifest.json", "notebooks"} <= names
    executed = sorted(path.stem for path in (folder / "notebooks").iterdir())
    assert executed == [*plan.PREPARE, *plan.ANALYSE, plan.CHECK]
    headline = pd.read_csv(folder / "headline.csv", index_col="name")
    assert headline.loc["offences_reported", "value"] == 1753
    assert list(headline.columns) == [
        "value", "lower", "upper", "numerator", "denominator", "unit", "status", "note",
    ]  # fmt: skip


def test_every_cell_ran_once_and_in_order(made: Project) -> None:
    folder = latest(made, "wales")
    for path in (folder / "notebooks").iterdir():
        cells = nbformat.read(path, as_version=4).cells
        counts = [cell.execution_count for cell in cells if cell.cell_type == "code"]
        assert counts == list(range(1, len(counts) + 1)), path.name


def test_the_manifest_names_all_that_went_in(made: Project) -> None:
    folder = latest(made, "wales")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["region"] == "Wales"
    assert manifest["inputs"].items() < inputs(made).items()
    for unread in ("src/offences/claims/drafts.py", "data/reference/phrases.csv"):
        assert unread not in manifest["inputs"]
        assert unread in inputs(made)
    for part in (
        "data/raw/",
        "data/reference/",
        "src/offences/",
        "notebooks/",
        "requirements.lock",
    ):
        assert any(name.startswith(part) for name in manifest["inputs"])


def test_what_is_up_to_date_is_not_run_again(made: Project) -> None:
    before = state(made)
    again = cli(made, "--region", "wales")
    assert "up to date" in again.stdout
    assert state(made) == before


def test_running_again_with_force_changes_no_byte_of_a_figure(made: Project) -> None:
    again = cli(made, "--region", "Wales", "--force")
    assert again.returncode == 0, again.stderr
    assert "Wales  same" in again.stdout


def test_a_run_with_other_parameters_does_not_move_latest(made: Project) -> None:
    pointer = made.figures / "wales" / "latest"
    before = pointer.read_text(encoding="utf-8")
    other = cli(made, "--region", "Wales", "--as-of", "2018-07-01")
    assert other.returncode == 0, other.stderr
    assert pointer.read_text(encoding="utf-8") == before
    assert "figures/wales/2018-07-01-" in other.stdout


def test_loading_and_running_leave_the_raw_data_alone(made: Project) -> None:
    there = checksums(Project(ROOT), ROOT / "data" / "raw")
    assert checksums(made, made.raw) == there


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--region", "Whales"), "unknown region 'Whales': did you mean 'Wales'?"),
        (("--region", "Wales", "--years", "banana"), "years 'banana'"),
        (("--region", "Wales", "--as-of", "2016-01-01"), "before the first release"),
        (("--regoin", "Wales"), "unrecognized arguments: --regoin"),
        (("--all", "--scheme", "eu"), "'ons' or 'nspcc'"),
        (("--all", "--jobs", "0"), "give 1 or more"),
    ],
)
def test_what_makes_no_sense_stops_before_anything_runs(
    made: Project, arguments: tuple[str, ...], said: str
) -> None:
    before = state(made)
    done = cli(made, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert state(made) == before


def test_bad_data_leaves_the_last_good_run_alone(made: Project, tmp_path: Path) -> None:
    project = Project(tmp_path)
    shutil.copytree(made.root, tmp_path, dirs_exist_ok=True)
    before = state(project)
    table = project.raw / "nspcc-2024-11" / "wales_force_by_year.csv"
    edit(table, "Gwent,44", "Gwent,-44")
    done = cli(project, "--region", "Wales")
    assert done.returncode == 2
    assert "wales_force_by_year.csv, row 3, column '2017/18'" in done.stderr
    assert "Traceback" not in done.stderr
    assert state(project) == before


FAULTS = [
    ("raises", "raise ValueError('planted')", "03_force_analysis, cell 4: ValueError: planted"),
    ("exits", "import sys; sys.exit(0)", "03_force_analysis"),
    ("process ends", "import os; os._exit(1)", "03_force_analysis, cell 4: its process ended"),
    ("process is killed", "import os; os.kill(os.getpid(), 9)", "was killed by signal 9"),
    ("memory runs out", "held = bytearray(10**11)", "cell 4: MemoryError"),
    ("disk is full", "open('/dev/full', 'w').write('x' * 10**6)", "No space left on device"),
    ("another region", "run.assert_region(found.force_years.query(\"force != 'Gwent'\"))", "Gwent"),
]


@pytest.mark.parametrize(("case", "code", "said"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_failing_notebook_is_named_and_the_last_good_run_stays(
    made: Project, tmp_path: Path, case: str, code: str, said: str
) -> None:
    project = Project(tmp_path)
    shutil.copytree(made.root, tmp_path, dirs_exist_ok=True)
    before = state(project)
    path = project.notebooks / "03_force_analysis.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(c for c in notebook.cells if "forces.wide(" in c.source)
    cell.source = f"{cell.source}\n{code}"
    nbformat.write(notebook, path)
    done = cli(project, "--region", "Wales")
    assert done.returncode == 1, done.stdout + done.stderr
    assert said in done.stdout
    assert "Traceback" not in done.stdout
    after = state(project)
    assert before.items() <= after.items()
    added = {name.split("/")[2] for name in after.keys() - before.keys()}
    assert added <= {"failed"}, "nothing but the partial notebooks is left"


def test_a_parameter_that_did_not_arrive_is_noticed(made: Project, tmp_path: Path) -> None:
    """A notebook that sets its region itself is not filed under the region asked for."""
    project = Project(tmp_path)
    shutil.copytree(made.root, tmp_path, dirs_exist_ok=True)
    edit(project.notebooks / "03_force_analysis.ipynb", "region=region", 'region=\\"Kent\\"')
    done = cli(project, "--region", "Wales")
    assert done.returncode == 1
    assert "a parameter did not arrive" in done.stdout


def test_a_misspelt_parameter_never_reaches_papermill(made: Project) -> None:
    with pytest.raises(RunError, match="does not declare froce"):
        execute(Children(), made, "01_load", made.root / "out.ipynb", {"froce": "Kent"})


@pytest.mark.heavy
def test_changing_each_parameter_changes_what_the_executed_run_says(made: Project) -> None:
    variants = {
        "region": ("--region", "Gwent"),
        "years": ("--region", "Wales", "--years", "2017/18:2019/20"),
        "as_of": ("--region", "Wales", "--as-of", "2023-08-15"),
        "disclosure": ("--region", "Wales", "--disclosure", "suppress below 30, round to 30"),
    }
    numbers = ["name", "value", "lower", "upper"]
    default = latest(made, "wales")
    base = pd.read_csv(default / "headline.csv")[numbers]
    table = (default / "force_by_year.csv").read_text(encoding="utf-8")
    for name, arguments in variants.items():
        done = cli(made, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        folder = made.root / done.stdout.splitlines()[-2].split()[-1]
        assert not pd.read_csv(folder / "headline.csv")[numbers].equals(base), name
        assert (folder / "force_by_year.csv").read_text(encoding="utf-8") != table, name


@pytest.mark.heavy
def test_one_failing_region_does_not_stop_the_others(made: Project, tmp_path: Path) -> None:
    project = Project(tmp_path)
    shutil.copytree(made.root, tmp_path, dirs_exist_ok=True)
    path = project.notebooks / "04_platform_attribution.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(
        c for c in notebook.cells if c.cell_type == "code" and "NotebookRun.start" in c.source
    )
    cell.source = f"{cell.source}\nassert region != 'London', 'planted'"
    nbformat.write(notebook, path)
    done = cli(project, "--all")
    assert done.returncode == 1
    assert "1 of 15 runs failed" in done.stdout
    assert "04_platform_attribution, cell" in done.stdout
    assert done.stdout.count("  made  ") == 14


@pytest.mark.heavy
def test_nbval_reproduces_the_executed_notebooks(made: Project) -> None:
    folder = latest(made, "wales")
    book = folder / "notebooks" / "03_force_analysis.ipynb"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "-o", "addopts=", str(book)],
        cwd=made.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
