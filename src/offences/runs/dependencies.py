"""What a run reads: the code behind its notebooks, and the tables and templates this code names.

The graph of imports is made by grimp, on dotted names, so that a module counts wherever it lies. A
reference table or a template counts where the code of a module that counts names its file.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache

from grimp import ImportGraph, build_graph

from offences.project import Project
from offences.runs.versions import CODE, CODE_IN_PROJECT, cells_of

COMPLETE = "offences.runs.complete"
"""What completes a run is behind every run, though no notebook imports it."""

_NAMED = ("data/reference/", f"{CODE_IN_PROJECT}/templates/")
"""Files that a run reads only where its code names them."""


def reads(project: Project, notebooks: Iterable[str], everything: Iterable[str]) -> set[str]:
    """Return what the notebooks of a run read of the code, the reference tables and the templates.

    Parameters
    ----------
    notebooks
        By name, without an ending.
    everything
        All inputs there are, by path from the root.
    """
    found = {_in_project(module) for module in modules_behind(project, notebooks)}
    candidates = {path for path in everything if path.startswith(_NAMED)}
    naming = found
    while naming:
        texts = [_text(path) for path in naming if path.startswith(CODE_IN_PROJECT)]
        # A template that another one extends is named by that one.
        naming = {p for p in candidates if any(f'"{p.rpartition("/")[2]}"' in t for t in texts)}
        candidates -= naming
        found |= naming
    return found


def modules_behind(project: Project, notebooks: Iterable[str]) -> set[str]:
    """Return the modules of this package that decide what a run says, by dotted name.

    Those that the notebooks import, directly or not, those that complete the run, and the packages
    that hold them, as importing a module executes these too.
    """
    graph = import_graph()
    direct = {COMPLETE}
    for name in notebooks:
        for kind, source in cells_of(project.notebooks / f"{name}.ipynb"):
            if kind == "code":
                direct |= _imported(source) & graph.modules
    reached = direct.union(*(graph.find_upstream_modules(module) for module in direct))
    return reached.union(*map(_holders, reached))


@lru_cache(maxsize=1)
def import_graph() -> ImportGraph:
    """Return which module of this package imports which, by dotted name."""
    return build_graph("offences", cache_dir=None)


def _holders(module: str) -> Iterator[str]:
    """Yield the packages that hold a module."""
    while module := module.rpartition(".")[0]:
        yield module


def _imported(source: str) -> set[str]:
    """Return the dotted names that a piece of code imports, of modules or of what is in them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def _in_project(module: str) -> str:
    """Return the path of a module, or of a package, as inputs are named."""
    path = "/".join([CODE_IN_PROJECT, *module.split(".")[1:]])
    is_package = (
        CODE / path.removeprefix(f"{CODE_IN_PROJECT}/")
    ).is_dir() or path == CODE_IN_PROJECT
    return f"{path}/__init__.py" if is_package else f"{path}.py"


def _text(path: str) -> str:
    return (CODE / path.removeprefix(f"{CODE_IN_PROJECT}/")).read_text(encoding="utf-8")
