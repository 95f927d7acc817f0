"""Sign-off: two people put their names to the hash of a run's manifest, in a file that git keeps.

The manifest holds the hash of every file of the run, so any changed byte voids the signatures.
"""

from __future__ import annotations

import datetime
from typing import ClassVar

import pandas as pd

from offences.errors import OffencesError
from offences.project import Project
from offences.runs.run_folder import RunFolder
from offences.tables import TableRow, Text, read_table, write

SIGNATURES = "data/signatures.csv"
PEOPLE_NEEDED = 2
"""How many different people a run needs."""


class Signature(TableRow):
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

    key: ClassVar = ("run", "manifest", "name")

    run: Text
    manifest: Text
    name: Text
    role: Text
    day: Text


def read(project: Project) -> list[Signature]:
    """Return every signature in the file, the oldest first; none when there is no file.

    Raises
    ------
    DataError
        When a column or cell is not that of a signature, or one stands there again.
    """
    path = project.root / SIGNATURES
    return read_table(project, path, Signature) if path.is_file() else []


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
    earlier = read(project)
    new = Signature(
        file=SIGNATURES,
        line=len(earlier) + 2,
        run=place,
        manifest=run.manifest_digest,
        name=name,
        role=role,
        day=day.isoformat(),
    )
    rows = [signature.model_dump(include={*Signature.columns()}) for signature in [*earlier, new]]
    write(pd.DataFrame(rows), project.root / SIGNATURES)
    return new
