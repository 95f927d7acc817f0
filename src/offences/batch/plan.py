"""What a batch would run and why: each run against everything that can change what it says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from offences.analysis.parameters import Request
from offences.claims.ledger import about
from offences.claims.statements import Claim
from offences.project import Project
from offences.runs.dependencies import reads
from offences.runs.run_folder import RunFolder, runs_in
from offences.runs.versions import inputs, version

PREPARE = ("01_load", "02_clean")
ANALYSE = ("03_force_analysis", "04_platform_attribution")
CHECK = "05_claims"
"""Executed where the ledger holds statements about the place."""

_SHOWN = 2


@dataclass(frozen=True)
class Step:
    """One run of the plan.

    Attributes
    ----------
    notebooks
        Those that analyse the place, by name.
    given
        SHA-256 of everything that can change what this run says, by path from the root.
    due
        Whether it would be executed.
    reason
        Why, or that it is up to date.
    """

    request: Request
    notebooks: tuple[str, ...]
    given: dict[str, str]
    version: str
    folder: Path
    due: bool
    reason: str


def plan(
    project: Project, requests: list[Request], claims: list[Claim], *, force: bool = False
) -> list[Step]:
    """Return one step for each request, in order.

    A run depends on the raw files, the reference tables it reads, the claims about its place, its
    notebooks, the modules these import, and the lock file: only a change of one of them makes it
    due.
    """
    everything = inputs(project)
    steps = []
    for request in requests:
        names = notebooks_of(request, claims)
        given = _relevant(project, request, everything, names, claims)
        name = version(request, given)
        folder = project.figures / request.folder / name
        due, reason = _why(request, given, folder)
        if force and not due:
            due, reason = True, "asked for with --force"
        steps.append(Step(request, names, given, name, folder, due, reason))
    return steps


def notebooks_of(request: Request, claims: list[Claim]) -> tuple[str, ...]:
    """Return the notebooks that analyse a place: that of claims only where there are any.

    Public statements are not held against figures that a disclosure policy has changed.
    """
    if request.policy.protects:
        return ANALYSE
    return (*ANALYSE, CHECK) if about(claims, request.place, request.day) else ANALYSE


def in_words(steps: list[Step]) -> str:
    """Return one line for each run: what would be done and why."""
    width = max((len(step.request.title) for step in steps), default=0)
    due = sum(step.due for step in steps)
    lines = [
        f"{step.request.title:<{width}}  {'run' if step.due else '-':<3}  {step.reason}"
        for step in steps
    ]
    return "\n".join([*lines, f"{due} of {len(steps)} would run."])


def _relevant(
    project: Project,
    request: Request,
    everything: dict[str, str],
    names: tuple[str, ...],
    claims: list[Claim],
) -> dict[str, str]:
    """Return the inputs that this run reads."""
    executed = (*PREPARE, *names)
    read = reads(project, executed, everything)
    read |= {f"notebooks/{name}.ipynb" for name in executed}
    read |= {claim.file for claim in about(claims, request.place, request.day)}
    always = ("data/raw/", "requirements.lock")
    return {p: digest for p, digest in everything.items() if p in read or p.startswith(always)}


def _why(request: Request, given: dict[str, str], folder: Path) -> tuple[bool, str]:
    """Return whether a run is due and why, from the run that was made last in its place."""
    if RunFolder(folder).is_whole:
        return False, "up to date"
    if folder.exists():
        return True, "a file of the run is not as its manifest says"
    last = _last(request, folder.parent)
    if last is None:
        return True, "new"
    changed = [path for path in {**last, **given} if last.get(path) != given.get(path)]
    shown = ", ".join(sorted(changed)[:_SHOWN])
    more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
    return True, f"changed: {shown}{more}"


def _last(request: Request, home: Path) -> dict[str, str] | None:
    """Return the inputs of the newest run with the same parameters."""
    asked = request.parameters.model_dump()
    there = [run for run in runs_in(home) if run.is_readable]
    found = [run for run in there if run.manifest.parameters == asked]
    return max(found, key=lambda run: run.made).manifest.inputs if found else None
