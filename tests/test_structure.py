"""The structure one can see: data flows one way, notebooks hold prose and short cells only."""

from __future__ import annotations

import ast
import re

import nbformat
import papermill
import pytest
from conftest import ROOT

import offences
import offences.returns
from offences.parameters import Parameters

ORDER = re.findall(r"``(\w+)``", offences.__doc__ or "")
MODULES = sorted((ROOT / "src" / "offences").glob("*.py"))
RETURNS = sorted((ROOT / "src" / "offences" / "returns").glob("*.py"))
RETURNS_ORDER = [
    name for name in re.findall(r"``(\w+)``", offences.returns.__doc__ or "") if name != "load"
]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_every_module_has_its_place_in_the_flow() -> None:
    assert {path.stem for path in MODULES} - {"__init__"} == set(ORDER)
    assert {path.stem for path in RETURNS} - {"__init__"} == set(RETURNS_ORDER)


def _imported(path) -> list[str]:
    """Return the modules of ours that a module imports, as ``load`` or ``returns.marks``."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("offences"):
            part = (node.module or "").removeprefix("offences").lstrip(".")
            names = [alias.name for alias in node.names]
            if part in ("", "returns"):
                found += [f"{part}.{name}".lstrip(".") for name in names]
            else:
                found.append(part)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_only_from_those_before_it(path) -> None:
    for name in _imported(path) if path.stem != "__init__" else ():
        assert ORDER.index(name) < ORDER.index(path.stem), f"{path.stem} imports {name}"


@pytest.mark.parametrize("path", RETURNS, ids=lambda path: path.stem)
def test_a_module_of_returns_imports_only_from_those_before_it(path) -> None:
    for name in _imported(path) if path.stem != "__init__" else ():
        if name.startswith("returns."):
            name = name.removeprefix("returns.")
            assert RETURNS_ORDER.index(name) < RETURNS_ORDER.index(path.stem), name
        else:
            assert ORDER.index(name) <= ORDER.index("load"), name


@pytest.mark.parametrize("path", [*MODULES, *RETURNS], ids=lambda path: path.stem)
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
        assert "youngest" not in path.read_text(encoding="utf-8").casefold(), path.name
