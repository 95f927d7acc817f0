"""The version of a run: the digest of everything that went in and can change what it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from offences.analysis.parameters import Request
from offences.files import checksums, sha256
from offences.project import Project

CODE = Path(__file__).parents[1]
"""The folder of this package."""

CODE_IN_PROJECT = "src/offences"
"""How inputs name that folder, wherever the package is installed."""

_PACKAGES = (
    "gptables",
    "jinja2",
    "jupyterlab",
    "matplotlib",
    "nbval",
    "numpy",
    "pandas",
    "papermill",
    "scipy",
    "seaborn",
)


def inputs(project: Project) -> dict[str, str]:
    """Return the SHA-256 of everything that can decide what a run says, by path from the root.

    Of notebooks only the cells count, so that opening one in JupyterLab changes nothing.
    """
    found = checksums(project, project.raw, project.reference, project.claims)
    for path in sorted([*CODE.rglob("*.py"), *CODE.glob("templates/*")]):
        found[f"{CODE_IN_PROJECT}/{path.relative_to(CODE).as_posix()}"] = sha256(path)
    for path in sorted(project.notebooks.glob("*.ipynb")):
        found[project.relative(path)] = _cells_digest(path)
    lock = project.root / "requirements.lock"
    if lock.is_file():
        found[lock.name] = sha256(lock)
    return found


def version(request: Request, given: dict[str, str]) -> str:
    """Return the name of the run: what it knows, and the digest of all that went in."""
    content = {"parameters": request.parameters.model_dump(), "inputs": given}
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return f"{request.parameters.as_of}-{digest[:8]}"


def packages() -> dict[str, str]:
    """Return the versions of the packages that decide what a run looks like."""
    return {package: metadata.version(package) for package in _PACKAGES}


def cells_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield type and source of every cell of a notebook.

    Read as the JSON it is: to plan must not take the second that nbformat takes to import.
    """
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        yield cell["cell_type"], "".join(cell["source"])


def _cells_digest(path: Path) -> str:
    cells = [[kind, source] for kind, source in cells_of(path)]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()
