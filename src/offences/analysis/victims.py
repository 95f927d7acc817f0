"""Ages and genders of victims where they were printed, each with the base it rests on.

One offence may have several victims, and a share is of the victims whose age or gender was
recorded, which pages do not always say. Age bands differ between releases and are not combined.
"""

from __future__ import annotations

import math

import pandas as pd

from offences.analysis.platform_shares import percent_of
from offences.analysis.scope import Scope
from offences.reference.statuses import Status
from offences.tables import rows_of

VICTIMS_COLUMNS = [
    "place_kind",
    "place",
    "period",
    "measure",
    "value",
    "lower",
    "upper",
    "status",
    "base",
    "base_count",
    "pct_of_base",
    "offences",
    "release",
    "released",
    "issues",
    "note",
]


def printed_victims(scope: Scope) -> pd.DataFrame:
    """Return every figure about victims of the place and its forces inside the years.

    Columns: :data:`VICTIMS_COLUMNS`. ``value`` is in the unit of the measure, shares in percent.
    ``base`` names what a share is of; ``base_count`` is its printed number, NaN where no page
    prints it; ``pct_of_base`` is a printed count over that number; ``offences`` is the settled
    number of offences of the same place and period.
    """
    measures = scope.known.vocabulary.measures
    ours = scope.with_forces(scope.known.settled)
    counts = ours[ours["status"] == Status.REPORTED].set_index(
        ["place_kind", "place", "period", "measure"]
    )["value"]
    rows = []
    about = ours["measure"].map(lambda m: measures[m].counts == "victims").astype(bool)
    for cell in rows_of(ours[about]):
        where = (cell["place_kind"], cell["place"], cell["period"])
        base = measures[cell["measure"]].base
        base_count = counts.get((*where, base), math.nan)
        is_count = cell["unit"] == "count"
        rows.append(
            cell
            | {
                "base": base,
                "base_count": base_count,
                "pct_of_base": percent_of(cell["value"], base_count) if is_count else math.nan,
                "offences": counts.get((*where, "offences"), math.nan),
            }
        )
    return pd.DataFrame(rows, columns=VICTIMS_COLUMNS)
