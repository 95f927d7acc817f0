"""The notebooks' own cells as plain Python, one after the other in one process: the limit."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

import nbformat

from offences.analysis.parameters import checked
from offences.batch.plan import PREPARE, notebooks_of
from offences.claims.statements import read_claims
from offences.project import Project
from offences.releases.load import load
from offences.runs import notebook


def main(places: list[str]) -> None:
    """Execute loading and cleaning once, then the notebooks of each place."""
    project = Project.find()
    notebook.display = lambda *_, **__: None  # type: ignore[attr-defined]
    loaded = load(project)
    claims = read_claims(project, loaded)
    for name in PREPARE:
        _execute(project.notebooks / f"{name}.ipynb", {"as_of": "latest"})
    for place in places:
        request = checked(project, loaded, region=place)
        parameters = request.parameters.model_dump()
        folder = project.root / "plain" / request.folder
        os.environ[notebook.ASKED] = json.dumps({"folder": str(folder), "parameters": parameters})
        for name in notebooks_of(request, claims):
            _execute(project.notebooks / f"{name}.ipynb", parameters)
        del os.environ[notebook.ASKED]


def _execute(path: Path, parameters: dict[str, str]) -> None:
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    space: dict[str, object] = {}
    with redirect_stdout(io.StringIO()):
        for cell in cells:
            exec(compile(cell.source, path.name, "exec"), space)
            if "parameters" in cell.metadata.get("tags", []):
                space |= parameters


if __name__ == "__main__":
    main(sys.argv[1:])
