"""Sign-off: two people put their names to the hash of a run's manifest, in a file that git keeps.

The manifest holds the hash of every file of the run, so any changed byte voids the signatures.
"""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass

import pandas as pd

from offences.errors import DataError, OffencesError
from offences.project import Project
from offences.runs.run_folder import RunFolder
from offences.tables import write

SIGNATURES = "data/signatures.csv"
PEOPLE_NEEDED = 2
"""How many different people a run needs."""


@dataclass(frozen=True)
class Signature:
    """One person's name under a run.

    Attributes
    ----------
    run
        The run's folder from the project's root.
    manifest
        SHA-256 of its manifest when it was signed.
    day
        ISO date of signing.
    """

    run: str
    manifest: str
    name: str
    role: str
    day: str


def read(project: Project) -> list[Signature]:
    """Return every signature in the file, the oldest first; none when there is no file.

    Raises
    ------
    DataError
        When the file's columns are not those of a signature.
    """
    path = project.root / SIGNATURES
    if not path.is_file():
        return []
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    expected = list(Signature.__annotations__)
    if list(table.columns) != expected:
        raise DataError(SIGNATURES, f"its columns should be {', '.join(expected)}.")
    return [Signature(*row) for row in table.itertuples(index=False)]


def under(project: Project, run: RunFolder) -> tuple[list[Signature], list[Signature]]:
    """Return the signatures that hold for a run, and those that a changed byte has voided."""
    ours = [s for s in read(project) if s.run == project.relative(run.path)]
    manifest = run.manifest_digest if run.is_whole else ""
    valid = [s for s in ours if s.manifest == manifest]
    return valid, [s for s in ours if s.manifest != manifest]


def state(project: Project, run: RunFolder) -> str:
    """Return in words who signed: ``unsigned``, one name of two, or signed."""
    valid, void = under(project, run)
    names = "; ".join(f"{s.name} ({s.role}), {s.day}" for s in valid)
    lost = f" {len(void)} signature(s) void: the run has changed since." if void else ""
    if not valid:
        return f"unsigned.{lost}"
    if len(valid) < PEOPLE_NEEDED:
        return f"signed by {names}: {len(valid)} of {PEOPLE_NEEDED} people needed.{lost}"
    return f"signed by {names}.{lost}"


def sign(project: Project, run: RunFolder, name: str, role: str, day: datetime.date) -> Signature:
    """Record a person's name under a run.

    Raises
    ------
    OffencesError
        When the run is not as its manifest says, the name or role is empty, or the same person
        has signed this run already.
    """
    name, role = " ".join(name.split()), " ".join(role.split())
    if not name or not role:
        raise OffencesError("A signature needs a name and a role.")
    if not run.is_whole:
        raise OffencesError(
            f"{run} is not as its manifest says: nobody can sign it. "
            f"To see what differs: offences review check {run}"
        )
    valid, _ = under(project, run)
    if name.casefold() in {s.name.casefold() for s in valid}:
        raise OffencesError(f"{name} has signed this run already: a second person is needed.")
    place = project.relative(run.path)
    new = Signature(place, run.manifest_digest, name, role, day.isoformat())
    table = pd.DataFrame([asdict(s) for s in [*read(project), new]])
    write(table, project.root / SIGNATURES)
    return new
