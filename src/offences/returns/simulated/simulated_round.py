"""A SIMULATED round: what forces might send, in the layouts they do send, with the truth beside.

Nothing in it is real. Offences are drawn at random from a seed, written as each force's layout
has them, and ``truth.csv`` says what settling the round has to give: the number itself where the
layout tells it, else a number inside the bounds.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import yaml

from offences.errors import OffencesError
from offences.reference.places import slug
from offences.returns.round.rounds import ROUND, SIMULATED
from offences.returns.simulated.answer_layouts import (
    GENDERS,
    LAYOUTS,
    MARKERS,
    MEANS,
    Offence,
    Return,
    typed_answer,
)
from offences.tables import write

TRUTH = "truth.csv"


def simulate(
    forces: Sequence[str], rows: int, seed: int, folder: Path, period: str = "2023/24"
) -> pd.DataFrame:
    """Write a round and return its truth.

    Parameters
    ----------
    forces
        The forces asked. Every twentieth refuses and the one after it does not answer.
    rows
        Offences in all, shared at random among the forces.
    seed
        Two rounds of one seed are the same.
    folder
        Where it is written; it must be empty or not there yet.

    Returns
    -------
    Columns ``data`` (SIMULATED), ``force``, ``period``, ``measure``, ``subject``, ``value`` and
    ``exact``: whether settling must give the value itself.

    Raises
    ------
    OffencesError
        When the folder holds something, or there is nothing to simulate.
    """
    if not forces or rows < 0:
        raise OffencesError("A round needs at least one force, and no negative number of rows.")
    if folder.exists() and any(folder.iterdir()):
        raise OffencesError(f"{folder.name} is not empty: give a new folder for the round.")
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    weights = [chance.random() + 0.02 for _ in forces]
    shares = Counter(chance.choices(range(len(forces)), weights, k=rows))
    refused = {}
    truth = []
    turn = chance.randrange(len(LAYOUTS))
    for number, force in enumerate(forces):
        if number % 20 == 18:
            refused[force] = "s.12"
        if number % 20 in (18, 19):
            continue
        offences = [_offence(chance) for _ in range(shares[number])]
        stem = folder / slug(force)
        one = Return(force, stem, period, offences)
        layout = LAYOUTS[turn % len(LAYOUTS)] if offences else typed_answer
        layout(one, chance.choice(MARKERS))
        turn += 1
        truth += [
            (SIMULATED, force, period, true.measure, true.subject, true.value, _yes(true.exact))
            for true in one.truth
        ]
    about = {
        "title": f"{SIMULATED} round, seed {seed}",
        "period": period,
        "asked": list(forces),
        "refused": refused,
        "simulated": True,
    }
    (folder / ROUND).write_text(yaml.safe_dump(about, sort_keys=False), encoding="utf-8")
    columns = ["data", "force", "period", "measure", "subject", "value", "exact"]
    table = pd.DataFrame(truth, columns=columns)
    write(table, folder / "truth" / TRUTH)
    return table


def _yes(whether: bool) -> str:
    return "yes" if whether else "no"


def _offence(chance: random.Random) -> Offence:
    age = chance.choices([*range(5, 18), None], [1, 1, 2, 2, 3, 4, 6, 12, 14, 14, 10, 2, 1, 6])[0]
    gender = chance.choices(list(GENDERS), list(GENDERS.values()))[0]
    return Offence(age, gender, chance.choice(list(MEANS)))
