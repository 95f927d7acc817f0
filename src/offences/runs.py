"""Versions, manifests and promotion: a run is whole and traceable, or it is not there.

A run is written aside and moved into place in one step. Its version names everything that went in:
the parameters, the raw and reference files, the code, the notebooks and the lock file.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from offences.parameters import Request
from offences.project import Project
from offences.sources import checksums, sha256

MANIFEST = "manifest.json"
DATED = (MANIFEST, "index.html", "ro-crate-metadata.json", "review.json")
"""Files of a run that differ between two equal executions; executed notebooks do too."""

_TEMPLATES = ("templates/run.html",)
LATEST = "latest"
RENEWED = "renewed.txt"
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
    """Return the SHA-256 of everything that decides what a run says, by path from the root.

    Of notebooks only the cells count, so that opening one in JupyterLab changes nothing.
    """
    code = Path(__file__).parent
    found = checksums(project, project.raw, project.reference, project.claims)
    found |= {f"src/offences/{path.name}": sha256(path) for path in sorted(code.glob("*.py"))}
    found |= {f"src/offences/{name}": sha256(code / name) for name in _TEMPLATES}
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


def is_whole(folder: Path) -> bool:
    """Return whether a run is there and every file is as its manifest says."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return False
    outputs = json.loads(manifest.read_text(encoding="utf-8"))["outputs"]
    return all((folder / n).is_file() and sha256(folder / n) == h for n, h in outputs.items())


@contextmanager
def made_aside(project: Project, request: Request, given: dict[str, str]) -> Iterator[Path]:
    """Yield a folder to write and :func:`seal` a run in; move it into place when all went well.

    ``latest`` is moved to it when the run has the default years and as_of. When the body raises,
    nothing that was there before is touched.
    """
    home = project.figures / request.folder
    home.mkdir(parents=True, exist_ok=True)
    name = version(request, given)
    aside = Path(tempfile.mkdtemp(prefix=".making-", dir=home))
    try:
        yield aside
        promote(aside, request, home / name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def promote(aside: Path, request: Request, place: Path) -> None:
    """Put a run that is whole in its place, and move ``latest`` to it where that is due."""
    _move(aside, place)
    if request.is_default:
        pointer = place.parent / f".{LATEST}-{place.name}"
        pointer.write_text(f"{place.name}\n", encoding="utf-8")
        pointer.replace(place.parent / LATEST)


def recovered(home: Path) -> None:
    """Clear away what a run that was cut off left in a region's folder.

    To be called by whoever holds the folder's lock. A run that was moved aside and whose
    successor never came is put back.
    """
    for old in home.glob(".old-*"):
        for run in old.iterdir():
            if not (home / run.name).exists():
                run.rename(home / run.name)
        shutil.rmtree(old, ignore_errors=True)
    for unfinished in home.glob(".making-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    for pointer in home.glob(f".{LATEST}-*"):
        pointer.unlink(missing_ok=True)


def latest(project: Project, request: Request) -> Path | None:
    """Return the newest run of the place with default parameters, None when there is none."""
    pointer = project.figures / request.folder / LATEST
    if not pointer.is_file():
        return None
    return pointer.parent / pointer.read_text(encoding="utf-8").strip()


def renewed(project: Project) -> list[Path]:
    """Return the runs kept in the repository, as ``figures/renewed.txt`` lists them."""
    listed = project.figures / RENEWED
    if not listed.is_file():
        return []
    return [project.root / line for line in listed.read_text(encoding="utf-8").split()]


def renew(project: Project, folders: list[Path]) -> None:
    """List these runs as the ones kept in the repository, and remove those they replace."""
    for folder in renewed(project):
        if folder not in folders:
            shutil.rmtree(folder, ignore_errors=True)
    lines = [f"{project.relative(folder)}\n" for folder in folders]
    (project.figures / RENEWED).write_text("".join(lines), encoding="utf-8")


def figures_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a run but those that say when it was made or signed."""
    return {
        path.name: sha256(path)
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in DATED
    }


def _move(aside: Path, place: Path) -> None:
    """Put the folder in its place; what was there goes only once the new one stands."""
    aside.chmod(0o755)
    if not place.exists():
        aside.rename(place)
        return
    old = Path(tempfile.mkdtemp(prefix=".old-", dir=place.parent))
    place.rename(old / place.name)
    try:
        aside.rename(place)
    except OSError:
        (old / place.name).rename(place)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def packages() -> dict[str, str]:
    """Return the versions of the packages that decide what a run looks like."""
    return {package: metadata.version(package) for package in _PACKAGES}


def seal(folder: Path, request: Request, given: dict[str, str]) -> None:
    """Write the manifest of a run: what went in, and the SHA-256 of every file that came out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    content = {
        "version": version(request, given),
        "parameters": request.parameters.model_dump(),
        "forces": list(request.place.forces),
        "inputs": given,
        "outputs": {path.relative_to(folder).as_posix(): sha256(path) for path in files},
        "packages": packages(),
        "python": platform.python_version(),
    }
    text = json.dumps(content, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")


def _cells_digest(path: Path) -> str:
    cells = [[kind, source] for kind, source in cells_of(path)]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def cells_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield type and source of every cell of a notebook.

    Read as the JSON it is: to plan must not take the second that nbformat takes to import.
    """
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        yield cell["cell_type"], "".join(cell["source"])
