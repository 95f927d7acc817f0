"""The structure one can see: data flows one way, notebooks hold prose and short cells only."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
import pytest
from helpers.projects import ROOT

from offences.analysis.parameters import Parameters

PACKAGE = ROOT / "src" / "offences"
MODULES = sorted(PACKAGE.rglob("*.py"))
PACKAGES = sorted(path.parent for path in MODULES if path.name == "__init__.py")
TESTS = sorted((ROOT / "tests").rglob("*.py"))
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


def _body(path: Path) -> list[ast.stmt]:
    return ast.parse(path.read_text(encoding="utf-8")).body


def _shared(names: Iterator[tuple[str, Path]]) -> dict[str, list[str]]:
    """Return each name that several files have, with these files."""
    held: dict[str, list[str]] = defaultdict(list)
    for name, path in names:
        held[name].append(path.relative_to(PACKAGE).as_posix())
    return {name: files for name, files in held.items() if len(files) > 1}


def _public_classes() -> Iterator[tuple[str, Path]]:
    for path in MODULES:
        for node in _body(path):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, path


def _public_constants() -> Iterator[tuple[str, Path]]:
    for path in MODULES:
        for node in _body(path):
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
            for name in (n for target in targets for n in ast.walk(target)):
                if isinstance(name, ast.Name) and re.fullmatch(r"[A-Z][A-Z0-9_]*", name.id):
                    yield name.id, path


def test_no_two_modules_share_a_file_name() -> None:
    """Left out: ``__init__``, which every package has, and the commands.

    Each module of ``commands`` is named after the command that a person types, and so may be
    named like the module that does the work.
    """
    commands = PACKAGE / "commands"
    own = (p for p in MODULES if p.name != "__init__.py" and p.parent != commands)
    assert _shared((path.name, path) for path in own) == {}


def test_no_two_public_classes_share_a_name() -> None:
    assert _shared(_public_classes()) == {}


def test_no_two_public_constants_share_a_name() -> None:
    assert _shared(_public_constants()) == {}


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda path: path.name)
def test_a_folder_holds_at_most_twelve_modules(folder: Path) -> None:
    assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= 12


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda path: path.name)
def test_a_package_says_what_it_is_and_holds_nothing_else(folder: Path) -> None:
    """The package of all packages holds its version too; it has no doors, but an order."""
    tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
    said = ast.get_docstring(tree)
    assert said is not None
    assert len(re.findall(r"[.](?=\s|$)", said)) >= 2, "at least two sentences"
    code = [ast.unparse(node).split(" = ")[0] for node in tree.body[1:]]
    assert code == (["__version__"] if folder == PACKAGE else [])
    assert not any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree))
    if folder != PACKAGE:
        doors = re.search(r"\bDoors?:\s(?P<text>.*)", said, re.DOTALL)
        assert doors, "names its doors"
        named = re.findall(r"``([\w.]+)``", doors["text"])
        assert named
        for name in named:
            path = f"{name.replace('.', '/')}.py"
            assert (folder / path).is_file() or (PACKAGE / path).is_file(), name


TESTED_WITH = {
    # Small tables, models and lists, through the code that reads them.
    "releases/schemas": "releases/test_clean",
    "returns/declarations": "returns/test_read_cells",
    "returns/return_statuses": "returns/test_cell_text",
    # Pages of a run, whole.
    "review/compare_page": "review/test_compare",
    "runs/index_page": "runs/test_pages",
    "runs/run_page": "runs/test_pages",
    # What happens while a run is made: whole runs, and notebooks executed.
    "batch/plan": "runs/test_dependencies",
    "batch/tasks": "batch/test_batch",
    "execution/execute": "execution/test_engine",
    "execution/kernels": "execution/test_engine",
    "execution/preload": "execution/test_engine",
    "execution/processes": "execution/test_engine",
    "review/reexecution": "review/test_checks",
    "runs/complete": "batch/test_batch",
    "runs/notebook": "batch/test_batch",
    # The command line and what it writes.
    "commands/options": "commands/test_main",
    "commands/claim": "claims/test_drafts",
    "commands/review": "review/test_checks",
    "commands/run": "batch/test_batch",
    "commands/simulate": "commands/test_ingest",
    "describe/readme": "describe/test_datapackage",
}
"""Modules without a test file of their name, each with the one that sees it at work."""


def test_a_module_has_a_test_of_its_name_or_is_listed_with_the_one_that_sees_it() -> None:
    there = {path.relative_to(ROOT / "tests").with_suffix("").as_posix() for path in TESTS}
    without = set()
    for path in MODULES:
        folders = path.relative_to(PACKAGE).parts[:-1]
        room = folders[0] if folders else "ground"
        if not path.stem.startswith("__") and f"{room}/test_{path.stem}" not in there:
            without.add(f"{room}/{path.stem}")
    assert without == set(TESTED_WITH)
    assert set(TESTED_WITH.values()) <= there


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_no_test_imports_another_test(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules += [alias.name for alias in node.names]
        parts = [part for module in modules for part in module.split(".")]
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import"
        tests = {other.stem for other in TESTS if other.name.startswith("test_")}
        assert not tests.intersection(parts), modules
