"""Write a SIMULATED round of returns, with the truth beside it, to try the taking in on.

    offences simulate --seed 1 --forces 45 --rows 34000 --out round-simulated

Nothing in it is real, and every file that is made from it says SIMULATED.
"""

from __future__ import annotations

import sys
from pathlib import Path

from offences.commands import options
from offences.errors import OffencesError
from offences.project import Project
from offences.reference.places import Places
from offences.returns.simulated.simulated_round import TRUTH, simulate


def main(arguments: list[str] | None = None, prog: str | None = None) -> int:
    """Run the command line and return its exit status."""
    parser = options.parser(prog, __doc__)
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same round")
    parser.add_argument("--forces", type=int, default=45, help="how many forces are asked")
    parser.add_argument("--rows", type=int, default=34_000, help="offences in all")
    parser.add_argument("--out", type=Path, required=True, help="a new folder")
    asked = parser.parse_args(arguments)
    try:
        places = Places.read(Project.find())
        names = [place.name for place in places.all if place.is_force]
        if asked.forces > len(names):
            raise OffencesError(f"There are {len(names)} forces, not {asked.forces}.")
        truth = simulate(names[: max(asked.forces, 0)], asked.rows, asked.seed, asked.out)
    except OffencesError as error:
        print(error, file=sys.stderr)
        return 2
    print(
        f"SIMULATED round in {asked.out.name}: {truth['force'].nunique()} forces answered; "
        f"{len(truth):,} true figures in truth/{TRUTH}"
    )
    return 0
