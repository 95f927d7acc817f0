"""What later releases changed, and where pages of one release or a wording disagree."""

from __future__ import annotations

import pandas as pd

from offences.reference.statuses import EXACT, Status
from offences.releases.schemas import CELL


def revisions(vintages: pd.DataFrame) -> pd.DataFrame:
    """Return the cells whose exact figure differs between releases, one release a row."""
    exact = vintages[vintages["status"].isin(EXACT) & vintages["value"].notna()]
    differing = exact.groupby(CELL)["value"].transform("nunique") > 1
    return exact[differing].sort_values([*CELL, "released"]).reset_index(drop=True)


def disagreements(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the printed figures of cells for which pages of one release differ."""
    exact = observations[observations["status"].isin(EXACT)]
    differing = exact.groupby([*CELL, "release"])["value"].transform("nunique") > 1
    return exact[differing].sort_values([*CELL, "release", "value"]).reset_index(drop=True)


def wordings_contradicted(vintages: pd.DataFrame) -> pd.DataFrame:
    """Return the rounded wordings whose bounds leave out an exact figure of the same cell.

    Columns: those of a cell, then ``wording``, ``wording_release``, ``exact``, ``exact_release``.
    """
    worded = vintages[vintages["status"] == Status.APPROXIMATE]
    exact = vintages[vintages["status"].isin(EXACT) & vintages["value"].notna()]
    pairs = worded.merge(exact, on=CELL, suffixes=("", "_exact"))
    outside = (pairs["value_exact"] < pairs["lower"]) | (pairs["value_exact"] > pairs["upper"])
    names = {
        "printed": "wording",
        "release": "wording_release",
        "value_exact": "exact",
        "release_exact": "exact_release",
    }
    return pairs[outside].rename(columns=names)[[*CELL, *names.values()]].reset_index(drop=True)
