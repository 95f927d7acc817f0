"""What a batch would run and why: each run against everything that can change what it says."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from offences.claims import Claim
from offences.ledger import about
from offences.parameters import Request
from offences.project import Project
from offences.runs import MANIFEST, cells_of, inputs, is_whole, version

PREPARE = ("01_load", "02_clean")
ANALYSE = ("03_force_analysis", "04_platform_attribution")
CHECK = "05_claims"
"""Executed where the ledger holds statements about the place."""

UP_TO_DATE = "up to date"
_NO_RUN_READS = ("data/reference/phrases.csv",)
_ONLY_CLAIMS_READ = ("data/reference/wordings.csv",)
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
    modules = code_behind(project, (*PREPARE, *names))
    ledgers = {claim.file for claim in about(claims, request.place, request.day)}
    kept = {}
    for path, digest in everything.items():
        folder, _, file = path.rpartition("/")
        if folder == "src/offences" and file.removesuffix(".py") not in modules:
            continue
        if folder == "notebooks" and file.removesuffix(".ipynb") not in (*PREPARE, *names):
            continue
        if folder == "data/claims" and path not in ledgers:
            continue
        if path in _NO_RUN_READS or (path in _ONLY_CLAIMS_READ and CHECK not in names):
            continue
        kept[path] = digest
    return kept


def _why(request: Request, given: dict[str, str], folder: Path) -> tuple[bool, str]:
    """Return whether a run is due and why, from the run that was made last in its place."""
    if is_whole(folder):
        return False, UP_TO_DATE
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
    found = []
    for manifest in home.glob(f"*/{MANIFEST}"):
        said = json.loads(manifest.read_text(encoding="utf-8"))
        if said["parameters"] == request.parameters.model_dump():
            found.append((manifest.stat().st_mtime_ns, said["inputs"]))
    return max(found, key=lambda run: run[0])[1] if found else None


def code_behind(project: Project, notebooks: Iterable[str]) -> frozenset[str]:
    """Return the modules of this package that decide what a run says.

    Those that the notebooks import, directly or not, and those that complete the run.
    """
    package = Path(__file__).parent
    graph = {path.stem: _imported(path.read_text("utf-8")) for path in package.glob("*.py")}
    waiting = {"__init__", "closing"}
    for name in notebooks:
        for kind, source in cells_of(project.notebooks / f"{name}.ipynb"):
            if kind == "code":
                waiting |= _imported(source)
    reached: set[str] = set()
    while waiting:
        module = waiting.pop()
        if module in graph and module not in reached:
            reached.add(module)
            waiting |= graph[module]
    return frozenset(reached)


@lru_cache(maxsize=256)
def _imported(source: str) -> frozenset[str]:
    """Return the modules of this package that a piece of code imports by name."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("offences"):
            module = (node.module or "").partition(".")[2]
            found |= {module} if module else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("offences.")]
            found |= {name.partition(".")[2] for name in names}
    return frozenset(found)
