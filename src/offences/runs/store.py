"""Versions, manifests and promotion: a run is whole and traceable, or it is not there.

A run is written aside and moved into place in one step. Its version names everything that went in:
the parameters, the raw and reference files, the code, the notebooks and the lock file.
"""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from offences.analysis.parameters import Request
from offences.files import sha256
from offences.project import Project
from offences.runs.versions import packages, version

MANIFEST = "manifest.json"
DATED = (MANIFEST, "index.html", "ro-crate-metadata.json", "review.json")
"""Files of a run that differ between two equal executions; executed notebooks do too."""

POINTER = "latest"
RENEWED = "renewed.txt"


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
        pointer = place.parent / f".{POINTER}-{place.name}"
        pointer.write_text(f"{place.name}\n", encoding="utf-8")
        pointer.replace(place.parent / POINTER)


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
    for pointer in home.glob(f".{POINTER}-*"):
        pointer.unlink(missing_ok=True)


def latest(project: Project, request: Request) -> Path | None:
    """Return the newest run of the place with default parameters, None when there is none."""
    pointer = project.figures / request.folder / POINTER
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
