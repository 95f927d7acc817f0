"""Where runs are kept: a run is whole and in its place, or it is not there.

A run is made in a temporary folder and moved into its place in one step.
"""

from __future__ import annotations

import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from offences.analysis.parameters import Request
from offences.files import sha256
from offences.project import Project
from offences.runs.run_folder import Manifest, RunFolder
from offences.runs.versions import packages, version

_POINTER = "latest"
KEPT_REGIONS = ("Wales", "UK")
"""The regions whose runs are kept in the repository, so that a visitor sees results."""

_RENEWED = "renewed.txt"


@contextmanager
def made_in_temporary_folder(
    project: Project, request: Request, given: dict[str, str]
) -> Iterator[Path]:
    """Yield a temporary folder to make a run in; move it into its place when all went well.

    When the body raises, nothing that was there before is touched.
    """
    home = project.figures / request.folder
    home.mkdir(parents=True, exist_ok=True)
    with temporary_folder(home) as temporary:
        yield temporary
        put_in_place(temporary, request, home / version(request, given))


@contextmanager
def temporary_folder(home: Path) -> Iterator[Path]:
    """Yield a folder inside a region's, which is removed afterwards if it is still there."""
    temporary = Path(tempfile.mkdtemp(prefix=".making-", dir=home))
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def put_in_place(temporary: Path, request: Request, place: Path) -> None:
    """Move a run that is whole into its place.

    ``latest`` names it from then on when it has the default years and as_of.
    """
    _move(temporary, place)
    if request.is_default:
        pointer = place.parent / f".{_POINTER}-{place.name}"
        pointer.write_text(f"{place.name}\n", encoding="utf-8")
        pointer.replace(place.parent / _POINTER)


def clear_interrupted(home: Path) -> None:
    """Clear away what a run that was cut off left in a region's folder.

    To be called by whoever holds the folder's lock. A run that had made room for its successor,
    which never came, is put back.
    """
    for old in home.glob(".old-*"):
        for run in old.iterdir():
            if not (home / run.name).exists():
                run.rename(home / run.name)
        shutil.rmtree(old, ignore_errors=True)
    for unfinished in home.glob(".making-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    for pointer in home.glob(f".{_POINTER}-*"):
        pointer.unlink(missing_ok=True)


def latest(home: Path) -> RunFolder | None:
    """Return the newest run with default parameters in a region's folder, None without one."""
    pointer = home / _POINTER
    if not pointer.is_file():
        return None
    run = RunFolder(home / pointer.read_text(encoding="utf-8").strip())
    return run if run.is_there else None


def renewed(project: Project) -> list[Path]:
    """Return the runs kept in the repository, as ``figures/renewed.txt`` lists them."""
    listed = project.figures / _RENEWED
    if not listed.is_file():
        return []
    return [project.root / line for line in listed.read_text(encoding="utf-8").split()]


def renew(project: Project, folders: list[Path]) -> None:
    """List these runs as the ones kept in the repository, and remove those they replace."""
    for folder in renewed(project):
        if folder not in folders:
            shutil.rmtree(folder, ignore_errors=True)
    lines = [f"{project.relative(folder)}\n" for folder in folders]
    (project.figures / _RENEWED).write_text("".join(lines), encoding="utf-8")


def write_manifest(folder: Path, request: Request, given: dict[str, str]) -> None:
    """Write the manifest of a run whose other files are all there."""
    Manifest(
        version=version(request, given),
        parameters=request.parameters.model_dump(),
        forces=list(request.place.forces),
        inputs=given,
        outputs={name: sha256(folder / name) for name in RunFolder(folder).files},
        packages=packages(),
        python=platform.python_version(),
    ).write(folder)


def _move(temporary: Path, place: Path) -> None:
    """Move the folder into its place; what was there goes only once the new one is there."""
    temporary.chmod(0o755)
    if not place.exists():
        temporary.rename(place)
        return
    old = Path(tempfile.mkdtemp(prefix=".old-", dir=place.parent))
    place.rename(old / place.name)
    try:
        temporary.rename(place)
    except OSError:
        (old / place.name).rename(place)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
