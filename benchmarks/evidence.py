"""What the evidence costs: seconds of CPU for each place, on one core.

    .venv/bin/python benchmarks/evidence.py            all releases, 2017/18 to 2022/23
    .venv/bin/python benchmarks/evidence.py 2023-12-31 as of a day

For each place: conflicts, then bounds of the years, then what follows exactly in them.
"""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable

from offences.evidence.follows import follows
from offences.evidence.implied import Evidence
from offences.project import Project
from offences.reference.periods import Period
from offences.releases.clean import clean
from offences.releases.load import load

YEARS = Period.parse("2017/18..2022/23")


def main(arguments: list[str]) -> None:
    """Print a line a place, then the sums."""
    project = Project.find()
    day = datetime.date.fromisoformat(arguments[0]) if arguments else None
    known = clean(project, load(project), day)
    start = time.process_time()
    evidence = Evidence.of(known)
    sums = [time.process_time() - start, 0.0, 0.0, 0.0]
    print(f"{'place':34}{'conflicts':>10}{'bounds':>10}{'follows':>10}  seconds of CPU")
    for place in known.vocabulary.places.runnable("ons"):
        inside = evidence.inside(place)
        costs = [
            _cost(lambda inside=inside: inside.conflicts),
            _cost(lambda inside=inside: inside.bounds(YEARS)),
            _cost(lambda inside=inside: follows(inside, YEARS)),
        ]
        sums = [sums[0], *(a + b for a, b in zip(sums[1:], costs, strict=True))]
        print(f"{place.name:34}" + "".join(f"{cost:10.3f}" for cost in costs))
    print(f"constraints {sums[0]:.3f}, conflicts {sums[1]:.2f}, bounds {sums[2]:.2f}, "
          f"follows {sums[3]:.2f}, all {sum(sums):.2f}")  # fmt: skip


def _cost(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1:])
