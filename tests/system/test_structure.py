"""The structure one can see: data flows one way, notebooks hold prose and short cells only."""

from __future__ import annotations

import ast

import nbformat
import papermill
import pytest
from helpers.projects import ROOT

from offences.analysis.parameters import Parameters

MODULES = sorted((ROOT / "src" / "offences").rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_modules_stay_short(path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_a_story_without_outputs(path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    for cell in code:
        tree = ast.parse(cell.source)
        forbidden = ast.FunctionDef | ast.ClassDef | ast.If | ast.For | ast.While | ast.Try
        assert not any(isinstance(node, forbidden) for node in ast.walk(tree)), cell.source
        assert len(cell.source.splitlines()) <= 12
    headings = [c.source for c in notebook.cells if c.cell_type == "markdown"][1:]
    assert all(h.splitlines()[0].endswith("?") for h in headings), "headings ask a question"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_declare_parameters_of_the_model_with_its_defaults(path) -> None:
    declared = papermill.inspect_notebook(str(path))
    defaults = Parameters().model_dump()
    assert declared
    for name, parameter in declared.items():
        assert ast.literal_eval(parameter["default"]) == defaults[name]


def test_the_analysis_notebooks_declare_every_parameter() -> None:
    for name in ("03_force_analysis", "04_platform_attribution", "05_claims"):
        declared = papermill.inspect_notebook(str(ROOT / "notebooks" / f"{name}.ipynb"))
        assert set(declared) == set(Parameters.model_fields)


def test_no_code_draws_bootstrapped_error_bars() -> None:
    for path in MODULES:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in (
                "sns.barplot",
                "sns.lineplot",
            ):
                assert any(k.arg == "errorbar" for k in call.keywords), path.stem


def test_no_chart_shows_a_youngest_victim() -> None:
    for path in [*MODULES, *NOTEBOOKS]:
        if "returns" in path.parts:
            continue  # there it is what a SIMULATED force refuses to say
        assert "youngest" not in path.read_text(encoding="utf-8").casefold(), path.name
