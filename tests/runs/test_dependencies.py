"""What a run depends on: a change makes just those runs due that read what has changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.projects import ROOT, copied

from offences.batch import plan
from offences.project import Project
from offences.runs.dependencies import modules_behind

RUNS = {
    "Wales": "analyses force-years and platforms, and holds statements against them",
    "London": "the same without statements",
}
ALL, WITH_CLAIMS, NONE = set(RUNS), {"Wales"}, set()
READ_BY: dict[str, set[str]] = {
    "src/offences/analysis/forces.py": ALL,
    "src/offences/reference/__init__.py": ALL,
    "src/offences/runs/run_folder.py": ALL,
    "src/offences/runs/complete.py": ALL,
    "src/offences/claims/verdicts.py": WITH_CLAIMS,
    "src/offences/claims/drafts.py": NONE,
    "src/offences/runs/index_page.py": NONE,
    "src/offences/batch/batch.py": NONE,
    "src/offences/templates/run.html": ALL,
    "src/offences/templates/base.html": ALL,
    "src/offences/templates/table.html": ALL,
    "src/offences/templates/all_runs.html": NONE,
    "src/offences/templates/compare.html": NONE,
    "data/reference/measures.csv": ALL,
    "data/reference/wordings.csv": WITH_CLAIMS,
    "data/reference/phrases.csv": NONE,
    "data/raw/nspcc-2024-11/wales_force_by_year.csv": ALL,
    "data/claims/2022-07-06_deeside-com.yaml": WITH_CLAIMS,
    "requirements.lock": ALL,
}
"""Which of the runs read a file."""

EDITS = {
    "data/reference/measures.csv": ("Arrests, not offences", "Arrests; not offences"),
    "data/reference/wordings.csv": ("A rank is that rank.", "A rank is this rank."),
    "data/reference/phrases.csv": ("Hynny yw {count}", "Sef {count}"),
    "data/claims/2022-07-06_deeside-com.yaml": ("recorded 326", "counted 326"),
}
"""Changes of tables that are read strictly; any other file gets an empty line more."""

VERSIONS = """
import json, sys
from offences.analysis.parameters import checked
from offences.batch.plan import plan
from offences.claims.statements import read_claims
from offences.project import Project
from offences.releases.load import load
project = Project.find()
loaded = load(project)
requests = [checked(project, loaded, region=region) for region in sys.argv[1:]]
steps = plan(project, requests, read_claims(project, loaded))
print(json.dumps({step.request.title: [step.version, list(step.given)] for step in steps}))
"""


class Copy:
    """A copy of the data, the notebooks and the package, the package being the one that runs."""

    def __init__(self, folder: Path) -> None:
        self.project = copied(folder)
        source = ROOT / "src" / "offences"
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, folder / "src" / "offences", ignore=ignored)

    def planned(self) -> dict[str, tuple[str, list[str]]]:
        """Return version and inputs of each run, as a new process plans them."""
        done = subprocess.run(
            [sys.executable, "-c", VERSIONS, *RUNS],
            cwd=self.project.root,
            env={**os.environ, "PYTHONPATH": str(self.project.root / "src")},
            capture_output=True,
            text=True,
            check=True,
        )
        return {name: (run[0], run[1]) for name, run in json.loads(done.stdout).items()}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("dependencies"))


@pytest.fixture(scope="module")
def before(package: Copy) -> dict[str, tuple[str, list[str]]]:
    return package.planned()


@pytest.mark.parametrize(("path", "runs"), READ_BY.items())
def test_which_runs_read_a_file(
    before: dict[str, tuple[str, list[str]]], path: str, runs: set[str]
) -> None:
    assert {name for name in RUNS if path in before[name][1]} == runs


@pytest.mark.parametrize(
    "path",
    [
        "src/offences/analysis/forces.py",
        "src/offences/claims/verdicts.py",
        "src/offences/runs/index_page.py",
        "src/offences/templates/base.html",
        "src/offences/templates/compare.html",
        "data/reference/measures.csv",
        "data/reference/wordings.csv",
        "data/reference/phrases.csv",
        "data/claims/2022-07-06_deeside-com.yaml",
    ],
)
def test_a_change_makes_just_those_runs_due_that_read_the_file(
    package: Copy, before: dict[str, tuple[str, list[str]]], path: str
) -> None:
    file = package.project.root / path
    text = file.read_text(encoding="utf-8")
    old, new = EDITS.get(path, (text, f"{text}\n"))
    assert text.count(old) == 1
    try:
        file.write_text(text.replace(old, new), encoding="utf-8")
        after = package.planned()
    finally:
        file.write_text(text, encoding="utf-8")
    assert {name for name in RUNS if after[name][0] != before[name][0]} == READ_BY[path]


def test_a_module_that_a_module_imports_from_now_on_is_read(
    tmp_path: Path, before: dict[str, tuple[str, list[str]]]
) -> None:
    """The graph of imports is made of the code as it is: nothing lists the modules by hand."""
    changed = Copy(tmp_path)
    nested = changed.project.root / "src" / "offences" / "analysis" / "deeper"
    nested.mkdir()
    (nested / "__init__.py").write_text('"""A room."""\n', encoding="utf-8")
    (nested / "new.py").write_text('TABLE = "phrases.csv"\n', encoding="utf-8")
    forces = nested.parent / "forces.py"
    first = "from __future__ import annotations\n"
    text = forces.read_text(encoding="utf-8")
    assert text.count(first) == 1
    forces.write_text(
        text.replace(first, f"{first}\nimport offences.analysis.deeper.new  # noqa\n"), "utf-8"
    )
    added = {
        "src/offences/analysis/deeper/__init__.py",
        "src/offences/analysis/deeper/new.py",
        "data/reference/phrases.csv",
    }
    for name, (_, inputs) in changed.planned().items():
        assert set(inputs) - set(before[name][1]) == added


def test_a_run_depends_on_the_modules_it_imports_and_no_others(project: Project) -> None:
    behind = {name.removeprefix("offences.") for name in modules_behind(project, plan.ANALYSE)}
    assert {"analysis.forces", "analysis.headline", "reference.cells", "tables"} <= behind
    assert {"charts.frame", "runs.run_page", "releases"} <= behind
    assert not [name for name in behind if name.startswith(("claims", "batch", "describe"))]
    claims = modules_behind(project, [plan.CHECK])
    assert {"offences.claims.verdicts", "offences.claims.wordings"} <= claims
