"""What a batch costs: ratios measured in one run, the ways interleaved round by round.

    .venv/bin/python benchmarks/batch.py ways      against papermill, millrun and plain Python
    .venv/bin/python benchmarks/batch.py again     a second batch with nothing changed
    .venv/bin/python benchmarks/batch.py changed   a changed reference table
    .venv/bin/python benchmarks/batch.py growth    15, 60 and 240 runs
    .venv/bin/python benchmarks/batch.py memory    peak memory against the number of jobs
    .venv/bin/python benchmarks/batch.py check     the review of a run against the run itself

Every way runs the project's own notebooks as they are, in a copy of the data. Wall is of the
whole command; CPU counts every process it started. Linux only (it adopts orphaned processes to
count them). millrun is not among the project's packages: ``pip install millrun`` in an environment
of its own and give its path with --millrun.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
RUN = [sys.executable, str(ROOT / "scripts" / "run.py")]
REVIEW = [sys.executable, str(ROOT / "scripts" / "review.py"), "check"]
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER, prctl(2)
_YEARS = ("2017/18:2022/23", "2017/18:2023/24", "2018/19:2022/23", "2019/20:2023/24")


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds of wall and of CPU, and its peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


def main(arguments: list[str] | None = None) -> int:
    """Run one benchmark and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=list(KINDS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--regions", type=int, default=15, help="of 15, for 'ways'")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--millrun", default=shutil.which("millrun"), help="its command")
    parser.add_argument("--without", nargs="*", default=[], help="ways to leave out, by name")
    asked = parser.parse_args(arguments)
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    KINDS[asked.what](asked)
    return 0


def ways(asked: argparse.Namespace) -> None:
    """Compare the batch with other ways to execute the same notebooks."""
    with _copy() as folder:
        places = _places(folder)[: asked.regions]
        commands: dict[str, Callable[[], Cost]] = {
            "papermill command in a loop": lambda: _papermill(folder, places),
            "plain Python, one process": lambda: _cost(
                [sys.executable, str(ROOT / "benchmarks" / "plain.py"), *places], folder
            ),
            "batch, cold kernels": lambda: _batch(folder, places, asked.jobs, "--engine", "cold"),
            "batch": lambda: _batch(folder, places, asked.jobs),
        }
        if asked.millrun:
            commands["millrun"] = lambda: _millrun(folder, places, asked.millrun)
        commands = {name: run for name, run in commands.items() if name not in asked.without}
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for number in range(asked.rounds):
            for name, command in commands.items():
                costs[name].append(command())
                print(f"round {number + 1}, {name}: {costs[name][-1]}", file=sys.stderr)
        print(f"{len(places)} regions, {asked.rounds} rounds, jobs {asked.jobs}")
        for other in (n for n in commands if n != "batch"):
            wall, cpu = (
                median(
                    getattr(ours, what) / getattr(theirs, what)
                    for ours, theirs in zip(costs["batch"], costs[other], strict=True)
                )
                for what in ("wall", "cpu")
            )
            print(f"batch / {other}: wall {wall:.2f}, CPU {cpu:.2f}")


def again(asked: argparse.Namespace) -> None:
    """Compare a batch with nothing to do with the batch before it."""
    ratios = []
    for _ in range(asked.rounds):
        with _copy() as folder:
            first, second = (_cost([*RUN, "--all"], folder) for _ in range(2))
            ratios.append(second.wall / first.wall)
    print(f"second batch / first: wall {median(ratios):.3f}")


def changed(asked: argparse.Namespace) -> None:
    """Change a reference table and see which of the runs are due."""
    with _copy() as folder:
        first = _cost([*RUN, "--all"], folder)
        for table, old, new in (
            ("reference/wordings.csv", "A rank is that rank.", "A rank is this rank."),
            ("reference/phrases.csv", "Hynny yw {count}", "Sef {count}"),
            ("reference/measures.csv", "Arrests, not offences", "Arrests; not offences"),
        ):
            path = folder / "data" / table
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
            planned = subprocess.run(
                [*RUN, "--plan"], cwd=folder, capture_output=True, text=True, check=True
            )
            due = planned.stdout.splitlines()[-1]
            cost = _cost([*RUN, "--all"], folder)
            print(f"{table} changed: {due} wall {cost.wall / first.wall:.2f} of the first batch")


def growth(asked: argparse.Namespace) -> None:
    """See how the cost grows with the number of runs."""
    base = None
    for number in (15, 60, 240):
        with _copy() as folder:
            wall = 0.0
            for years in _YEARS[: max(1, number // 61 + (number > 60))]:
                every = ["--all"] if number == 15 else ["--every-force"]
                wall += _cost([*RUN, *every, "--years", years], folder).wall
            made = len(list((folder / "figures").glob("*/*/manifest.json")))
        each = wall / made
        base = base or each
        print(f"{made} runs: {each / base:.2f} of the wall a run that 15 take")


def memory(asked: argparse.Namespace) -> None:
    """See how much memory a job takes: the most all processes held at once, shared pages once."""
    base = None
    for jobs in (1, 2, 4):
        with _copy() as folder:
            peak = _peak([*RUN, "--all", "--jobs", str(jobs)], folder)
        base = base or peak
        more = f", {(peak - base) / (jobs - 1):.0f} MiB for each job more" if jobs > 1 else ""
        print(f"jobs {jobs}: peak {peak:.0f} MiB, {peak / jobs:.0f} MiB a job{more}")


def check(asked: argparse.Namespace) -> None:
    """Compare the review of a run with the making of it."""
    for region in ("Wales", "UK"):
        ratios = []
        with _copy() as folder:
            for _ in range(asked.rounds):
                run = _cost([*RUN, "--region", region, "--force"], folder)
                review = _cost([*REVIEW, f"figures/{region.lower()}"], folder)
                ratios.append(review.wall / run.wall)
        print(f"check / run of {region}: wall {median(ratios):.2f}")


KINDS = {
    "ways": ways,
    "again": again,
    "changed": changed,
    "growth": growth,
    "memory": memory,
    "check": check,
}


def _places(folder: Path) -> list[str]:
    """Return the nations and regions that a batch of all would run."""
    planned = subprocess.run(
        [*RUN, "--plan"], cwd=folder, capture_output=True, text=True, check=True
    )
    return [line.split("  ")[0] for line in planned.stdout.splitlines()[:-1]]


def _batch(folder: Path, places: list[str], jobs: int, *more: str) -> Cost:
    shutil.rmtree(folder / "figures", ignore_errors=True)
    shutil.rmtree(folder / "data" / "processed", ignore_errors=True)
    regions = ["--all"] if len(places) == len(_places(folder)) else []
    if regions:
        return _cost([*RUN, *regions, "--jobs", str(jobs), *more], folder)
    each = [f"{' '.join(RUN)} --region '{place}' {' '.join(more)}" for place in places]
    return _cost(["sh", "-c", " && ".join(each)], folder)


def _papermill(folder: Path, places: list[str]) -> Cost:
    """Return what a shell loop over the papermill command costs."""
    papermill = f"'{sys.executable}' -m papermill --no-progress-bar --log-level ERROR -k python3"
    books = folder / "notebooks"
    lines = ["set -e", f"cd '{books}'"]
    for name in ("01_load", "02_clean"):
        lines.append(f"{papermill} {name}.ipynb ../out.ipynb 2>/dev/null")
    for place in places:
        for name in _books(folder, place):
            lines.append(f"{papermill} {name}.ipynb ../out.ipynb -p region '{place}' 2>/dev/null")
    return _cost(["sh", "-c", "\n".join(lines)], folder)


def _millrun(folder: Path, places: list[str], command: str) -> Cost:
    """Return what millrun costs, one call a notebook with all its places."""
    kernels = folder / "jupyter" / "kernels" / "python3"
    kernels.mkdir(parents=True, exist_ok=True)
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3",
        "language": "python",
    }
    (kernels / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    lines = ["set -e", f"cd '{folder / 'notebooks'}'"]
    for name in (
        "01_load",
        "02_clean",
        "03_force_analysis",
        "04_platform_attribution",
        "05_claims",
    ):
        ours = [{"region": p} for p in places if name in _books(folder, p)]
        ours = [{"as_of": "latest"}] if name < "03" else ours
        if ours:
            given = folder / f"{name}.json"
            given.write_text(json.dumps(ours), encoding="utf-8")
            lines.append(
                f"'{command}' run {name}.ipynb '{given}' --output-dir ../out >/dev/null 2>&1"
            )
    return _cost(["sh", "-c", "\n".join(lines)], folder, JUPYTER_PATH=str(folder / "jupyter"))


def _books(folder: Path, place: str) -> tuple[str, ...]:
    from offences.analysis.parameters import checked
    from offences.batch.plan import notebooks_of
    from offences.claims.statements import read_claims
    from offences.project import Project
    from offences.releases.load import load

    project = Project(folder.resolve())
    loaded = load(project)
    return notebooks_of(checked(project, loaded, region=place), read_claims(project, loaded))


@contextmanager
def _copy() -> Iterator[Path]:
    """Yield a folder with the data and notebooks, and nothing made from them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("data/raw", "data/reference", "data/claims", "notebooks"):
            shutil.copytree(ROOT / part, folder / part)
        shutil.copyfile(ROOT / "requirements.lock", folder / "requirements.lock")
        yield folder


def _cost(command: list[str], folder: Path, **environment: str) -> Cost:
    """Run a command, wait for every process it left, and return what all took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(
        command,
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    wall = time.perf_counter() - began
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, after.ru_maxrss / 1024)


def _peak(command: list[str], folder: Path) -> float:
    """Return the most memory in MiB that a command and its processes held at once (PSS)."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    most = 0.0
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.is_set():
            most = max(most, _held())
            done.wait(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    done.set()
    watcher.join()
    return most


def _held() -> float:
    """Return the proportional set size of all processes below this one, in MiB."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    ours = {os.getpid()}
    while more := {p for p, parent in parents.items() if parent in ours} - ours:
        ours |= more
    total = 0
    for number in ours - {os.getpid()}:
        try:
            rolled = Path(f"/proc/{number}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(
            int(line.split()[1]) for line in rolled.splitlines() if line.startswith("Pss:")
        )
    return total / 1024


if __name__ == "__main__":
    sys.exit(main())
