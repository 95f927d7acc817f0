"""From observations to one settled figure per place, period and measure, with its revisions.

Pages of one release that agree corroborate each other; pages that disagree make the figure
disputed. Across releases the newest wins and the older ones stay as revisions. A rounded wording
never displaces an exact figure. Nothing is imputed, and nothing is dropped.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from offences.project import Project
from offences.reference.bounds import ANYTHING, Bounds
from offences.reference.statuses import EXACT, Status
from offences.reference.vocabulary import Vocabulary
from offences.releases.disclosure import Policy
from offences.releases.known_issues import on_pages, on_settled, read_issues
from offences.releases.load import Loaded
from offences.releases.schemas import CELL, SETTLED, VINTAGES, check
from offences.tables import rows_of


@dataclass(frozen=True)
class Cleaned:
    """What is known by a day.

    Attributes
    ----------
    vocabulary
        The names that the figures were matched with.
    observations
        The printed figures known by then.
    vintages
        What each release says; :data:`offences.releases.schemas.VINTAGES`.
    settled
        One figure for each cell; :data:`offences.releases.schemas.SETTLED`.
    issues
        The known issues whose source was published by then, one a row.
    titles
        What a reader calls each release.
    """

    vocabulary: Vocabulary
    observations: pd.DataFrame
    vintages: pd.DataFrame
    settled: pd.DataFrame
    issues: pd.DataFrame
    titles: dict[str, str]


def clean(
    project: Project, loaded: Loaded, day: datetime.date | None, policy: Policy | None = None
) -> Cleaned:
    """Return what is known by ``day`` (None: all that was loaded) and may be shown."""
    policy = policy or Policy()
    observations = policy.applied(loaded.observations_by(day))
    issues = policy.issues(read_issues(project, loaded.releases, loaded.vocabulary))
    if day is not None:
        issues = issues[issues["known_from"] <= day.isoformat()]
    issues = issues.reset_index(drop=True)
    observations = on_pages(_with_dropped_wording(observations), issues)
    vintages = _vintages(observations)
    settled = check(on_settled(_newest(vintages), vintages, issues), SETTLED)
    titles = {release.name: release.title for release in loaded.releases}
    return Cleaned(loaded.vocabulary, observations, vintages, settled, issues, titles)


def _with_dropped_wording(observations: pd.DataFrame) -> pd.DataFrame:
    """Read 34,000 as rounded where other pages print the same number as "over 34,000".

    A wording whose bounds leave its own number out ("over", "almost") says that the number is not
    the figure, so a page that repeats the number without the word only dropped it.
    """
    columns = [*CELL, "value"]
    rows = rows_of(observations)
    wording = {
        tuple(row[column] for column in columns): row["printed"]
        for row in rows
        if row["status"] == Status.APPROXIMATE and row["value"] not in Bounds.of(row)
    }
    for row in rows:
        printed = wording.get(tuple(row[column] for column in columns))
        if printed and row["status"] == Status.REPORTED:
            bounds = Bounds(0.0, 100.0) if row["unit"] == "percent" else ANYTHING
            note = _join(row["note"], f"printed elsewhere as {printed}")
            row |= {"status": Status.APPROXIMATE, "note": note, **bounds.columns()}
    return pd.DataFrame(rows, columns=list(observations.columns))


def _vintages(observations: pd.DataFrame) -> pd.DataFrame:
    """Return what each release says of each cell, its pages taken together."""
    columns = [*CELL, "release"]
    cells: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for page in rows_of(observations):
        cells.setdefault(tuple(page[column] for column in columns), []).append(page)
    rows = []
    for key in sorted(cells):
        pages = cells[key]
        figure = _agree(pages)
        exact = [page for page in pages if page["status"] in EXACT]
        supporting = exact if figure["status"] in EXACT else pages
        rows.append(
            dict(zip(columns, key, strict=True))
            | figure
            | {
                "unit": pages[0]["unit"],
                "released": pages[0]["released"],
                "pages": len(supporting),
                "independent_pages": sum(page["independent"] for page in supporting),
                "sources": "|".join(dict.fromkeys(page["source"] for page in pages)),
                "printed": "|".join(dict.fromkeys(page["printed"] for page in pages)),
            }
        )
    table = pd.DataFrame(rows, columns=list(VINTAGES.columns))
    return check(table.astype({"value": float, "lower": float, "upper": float}), VINTAGES)


def _agree(pages: list[dict[str, Any]]) -> dict[str, object]:
    """Return value, bounds, status and note of one cell in one release."""
    note = _join(*dict.fromkeys(page["note"] for page in pages))
    exact = [page for page in pages if page["status"] in EXACT]
    rounded = [page for page in pages if page["status"] == Status.APPROXIMATE]
    if exact:
        bounds = _joined(exact)
        value = _one({page["value"] for page in exact if not math.isnan(page["value"])})
        statuses = {page["status"] for page in exact}
        if math.isnan(value):
            statuses = {Status.DISPUTED}
        doubted = (s for s in (Status.DISPUTED, Status.PARTIAL) if s in statuses)
        return _figure(value, bounds, next(doubted, Status.REPORTED), note)
    if rounded:
        value = _one({page["value"] for page in rounded})
        bounds = _joined(rounded)
        shared = Bounds.of(rounded[0]).shared(*map(Bounds.of, rounded[1:]))
        if shared is None:
            wordings = dict.fromkeys(page["printed"] for page in rounded)
            note = _join(note, "wordings disagree: " + ", ".join(wordings))
        return _figure(value, shared or bounds, Status.APPROXIMATE, note)
    first = pages[0]
    return _figure(math.nan, Bounds.of(first), first["status"], note)


def _one(values: set[float]) -> float:
    """Return the only value, NaN where there are several."""
    return next(iter(values)) if len(values) == 1 else math.nan


def _joined(pages: list[dict[str, Any]]) -> Bounds:
    """Return the least bounds that hold what every page allows."""
    return Bounds.of(pages[0]).joined(*(Bounds.of(page) for page in pages[1:]))


def _figure(value: float, bounds: Bounds, status: str, note: str) -> dict[str, object]:
    return {"value": value, **bounds.columns(), "status": status, "note": note}


def _newest(vintages: pd.DataFrame) -> pd.DataFrame:
    """Return the newest figure of each cell; a wording only where no page has anything firmer."""
    table = vintages.sort_values(["released", "release"])
    firm = table[table["status"] != Status.APPROXIMATE]
    worded = table[~table.set_index(CELL).index.isin(firm.set_index(CELL).index)]
    newest = pd.concat([worded, firm]).groupby(CELL, as_index=False).tail(1)
    return newest.sort_values(CELL).reset_index(drop=True)


def _join(*parts: object) -> str:
    return "; ".join(str(part) for part in parts if part)
