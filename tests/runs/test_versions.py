"""The version of a run: another one when something it reads has changed, the same otherwise."""

from __future__ import annotations

import json
import re

import nbformat
from helpers.projects import edit

from offences.analysis.parameters import checked
from offences.project import Project
from offences.releases.load import Loaded
from offences.runs.versions import CODE, inputs, packages, version

NOTEBOOK = "notebooks/03_force_analysis.ipynb"


def test_the_name_says_what_it_knows_and_a_digest_of_the_rest(
    project: Project, loaded: Loaded
) -> None:
    wales = checked(project, loaded)
    name = version(wales, {"a": "1"})
    assert re.fullmatch(r"latest-[0-9a-f]{8}", name)
    assert version(wales, {"a": "1"}) == name
    assert version(wales, {"a": "2"}) != name
    assert version(checked(project, loaded, region="Kent"), {"a": "1"}) != name
    day = checked(project, loaded, as_of="2023-08-15")
    assert version(day, {"a": "1"}).startswith("2023-08-15-")


def test_inputs_are_data_code_templates_notebooks_and_the_lock_file(copy: Project) -> None:
    found = inputs(copy)
    for path in (
        "data/raw/nspcc-2024-11/wales_force_by_year.csv",
        "data/reference/measures.csv",
        "src/offences/analysis/forces.py",
        "src/offences/templates/base.html",
        NOTEBOOK,
        "requirements.lock",
    ):
        assert re.fullmatch(r"[0-9a-f]{64}", found[path])
    code = {name for name in found if name.endswith(".py")}
    assert len(code) == len(list(CODE.rglob("*.py")))


def test_of_a_notebook_only_its_cells_count(copy: Project) -> None:
    before = inputs(copy)[NOTEBOOK]
    path = copy.root / NOTEBOOK
    book = nbformat.read(path, as_version=4)
    book.metadata["opened"] = "in JupyterLab"
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.execution_count = 1
            cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="1")]
    nbformat.write(book, path)
    assert inputs(copy)[NOTEBOOK] == before
    edit(path, "## Which doubts are known?", "## What is doubted?")
    assert inputs(copy)[NOTEBOOK] != before


def test_packages_are_those_that_the_lock_file_pins(project: Project) -> None:
    lock = (project.root / "requirements.lock").read_text(encoding="utf-8")
    assert "pandas" in packages()
    for name, number in packages().items():
        assert re.search(rf"^{name}=={re.escape(number)}\b", lock, re.MULTILINE), name
    assert json.loads(json.dumps(packages())) == packages()
