"""Make runs: execute the notebooks for one region, for every region, or for every force as well.

    offences run --region Wales               one place, if anything it reads has changed
    offences run --region Wales --force       again, although nothing has changed
    offences run --every-force --jobs 4       a batch: every region and force, four at a time

Exit status: 0 when every run is there, 1 when one failed, 2 when what was asked for is wrong.
"""

from __future__ import annotations

import argparse
import sys

from offences.analysis.parameters import Request, checked
from offences.batch import batch, plan
from offences.batch.results import RunState, in_words
from offences.claims.statements import read_claims
from offences.commands import options
from offences.errors import OffencesError
from offences.execution.processes import ENGINES, Limits, default_engine
from offences.project import Project
from offences.releases.disclosure import PUBLISHED
from offences.releases.load import Loaded, load
from offences.runs import store


def main(arguments: list[str] | None = None, prog: str | None = None) -> int:
    """Run the command line and return its exit status."""
    asked = _parser(prog).parse_args(arguments)
    try:
        project = Project.find()
        loaded = load(project)
        requests = _requests(project, loaded, asked)
        force = asked.force or asked.renew
        if asked.plan:
            claims = read_claims(project, loaded)
            print(plan.in_words(plan.plan(project, requests, claims, force=force)))
            return 0
        limits = Limits(asked.cell_seconds, asked.memory)
        settings = batch.Settings(asked.jobs, asked.engine, limits)
        workers = None
        if asked.scheduler:
            from offences.batch.cluster import Cluster

            workers = Cluster(project, asked.scheduler, settings, asked.store)
        results = batch.run(project, requests, force=force, settings=settings, workers=workers)
    except OffencesError as error:
        print(f"No run was made. {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. Runs that were finished stay; run again for the others.", file=sys.stderr)
        return 130
    print(in_words(results))
    failed = [result for result in results if result.state == RunState.FAILED]
    if failed:
        print(f"{len(failed)} of {len(results)} runs failed; their last good runs are untouched.")
        return 1
    if asked.renew:
        store.renew(project, [project.root / result.folder for result in results])
        print("To keep them in the repository: git add -f figures/renewed.txt and their folders.")
    if len(results) > 1:
        print("All of them side by side: figures/summary.csv and summary.png.")
    print("Open headline.csv, the .png of each chart, or notebooks/ in the folders above.")
    return 0


def _parser(prog: str | None) -> argparse.ArgumentParser:
    parser = options.parser(prog, __doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--region", help="UK, a nation, an English region or a force")
    what.add_argument(
        "--all", action="store_true", help="every nation and English region (default)"
    )
    what.add_argument("--every-force", action="store_true", help="every region and every force")
    what.add_argument("--renew", action="store_true", help="make the committed runs again")
    options.add_years(parser)
    options.add_as_of_and_scheme(parser)
    parser.add_argument(
        "--disclosure",
        default=PUBLISHED,
        help="as published, or for returns that are not public: suppress below 5, round to 5",
    )
    parser.add_argument("--force", action="store_true", help="execute also what is up to date")
    parser.add_argument("--plan", action="store_true", help="only say what would run, and why")
    parser.add_argument("--jobs", type=_positive, default=2, help="runs at a time (default: 2)")
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default=default_engine(),
        help="warm: notebooks in processes with all imports done; cold: each in a new kernel",
    )
    parser.add_argument(
        "--scheduler", help="make the runs on a Dask cluster: tcp://host:8786 (extra 'cluster')"
    )
    parser.add_argument(
        "--store",
        default="",
        help="where the cluster's inputs and runs pass, as an fsspec address: s3://bucket/folder",
    )
    limits = Limits()
    parser.add_argument(
        "--cell-seconds",
        type=_positive,
        default=limits.seconds,
        help="seconds a cell may run (default: %(default)g)",
    )
    parser.add_argument(
        "--memory",
        type=int,
        default=limits.memory,
        help="MiB of memory for a notebook, 0: no limit (default: %(default)s)",
    )
    return parser


def _positive(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number: give 1 or more")
    return int(text)


def _requests(project: Project, loaded: Loaded, asked: argparse.Namespace) -> list[Request]:
    """Return what is asked for, everything checked before anything runs."""
    common = {"years": asked.years, "as_of": asked.as_of, "scheme": asked.scheme,
              "disclosure": asked.disclosure}  # fmt: skip
    if asked.region is not None:
        regions = [asked.region]
    elif asked.renew:
        regions = list(store.KEPT_REGIONS)
    else:
        checked(project, loaded, **common)
        places = loaded.vocabulary.places
        runnable = [p for p in places.runnable(asked.scheme) if asked.every_force or not p.is_force]
        regions = [places.typed(place) for place in runnable]
    return [checked(project, loaded, region=region, **common) for region in regions]
