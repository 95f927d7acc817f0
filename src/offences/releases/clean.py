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

import numpy as np
import pandas as pd

from offences.project import Project
from offences.reference.statuses import EXACT
from offences.reference.vocabulary import Vocabulary
from offences.releases.disclosure import Policy
from offences.releases.known_issues import read_issues
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
    issues = policy.issues(read_issues(project, loaded.releases))
    if day is not None:
        issues = issues[issues["known_from"] <= day.isoformat()]
    issues = issues.reset_index(drop=True)
    observations = _mark_dropped_wording(observations)
    observations = _apply_page_issues(observations, issues)
    vintages = _vintages(observations)
    titles = {release.name: release.title for release in loaded.releases}
    return Cleaned(
        loaded.vocabulary, observations, vintages, _settle(vintages, issues), issues, titles
    )


def _mark_dropped_wording(observations: pd.DataFrame) -> pd.DataFrame:
    """Read 34,000 as rounded where other pages print the same number as "over 34,000".

    A wording whose bounds leave its own number out ("over", "almost") says that the number is not
    the figure, so a page that repeats the number without the word only dropped it.
    """
    rounded = observations[
        (observations["status"] == "approximate")
        & (
            (observations["value"] < observations["lower"])
            | (observations["value"] > observations["upper"])
        )
    ]
    wording = dict(
        zip(
            zip(*(rounded[c] for c in CELL), rounded["value"], strict=True),
            rounded["printed"],
            strict=True,
        )
    )
    table = observations.copy()
    keys = list(zip(*(table[c] for c in CELL), table["value"], strict=True))
    dropped = (table["status"] == "reported") & pd.Series(
        [k in wording for k in keys], index=table.index
    )
    notes = [
        f"printed elsewhere as {wording[k]}" if d else ""
        for k, d in zip(keys, dropped, strict=True)
    ]
    table.loc[dropped, "status"] = "approximate"
    table.loc[dropped, "lower"] = 0.0
    table.loc[dropped, "upper"] = np.where(table.loc[dropped, "unit"] == "percent", 100.0, np.nan)
    table["note"] = [_join(a, b) for a, b in zip(table["note"], notes, strict=True)]
    return table


def _apply_page_issues(observations: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """Set the status that an issue with one page only gives that page's figure."""
    table = observations.copy()
    for issue in rows_of(issues[(issues["only_source"] != "") & (issues["effect"] != "flag")]):
        rows = _concerned(table, issue) & (table["source"] == issue["only_source"])
        table.loc[rows, "status"] = issue["effect"]
        table.loc[rows, "upper"] = math.nan
        if issue["effect"] == "approximate":
            table.loc[rows, "lower"] = 0.0
    return table


def _concerned(table: pd.DataFrame, issue: dict[str, object]) -> pd.Series:
    """Return which rows an issue is about; an empty period or subject means any."""
    concerned = pd.Series(data=True, index=table.index)
    for column in CELL:
        if issue[column] or column in ("place_kind", "place", "measure"):
            concerned &= table[column] == issue[column]
    return concerned


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
    if exact:
        values = {page["value"] for page in exact if not math.isnan(page["value"])}
        lower, upper = min(page["lower"] for page in exact), _highest(exact)
        if len(values) > 1:
            return _figure(math.nan, lower, upper, "disputed", note)
        statuses = {page["status"] for page in exact}
        status = next((s for s in ("disputed", "partial") if s in statuses), "reported")
        return _figure(values.pop(), lower, upper, status, note)
    rounded = [page for page in pages if page["status"] == "approximate"]
    if rounded:
        values = {page["value"] for page in rounded}
        value = values.pop() if len(values) == 1 else math.nan
        lower = max(page["lower"] for page in rounded)
        stated = [page["upper"] for page in rounded if not math.isnan(page["upper"])]
        upper = min(stated, default=math.nan)
        if lower > upper:
            wordings = dict.fromkeys(page["printed"] for page in rounded)
            note = _join(note, "wordings disagree: " + ", ".join(wordings))
            lower, upper = min(page["lower"] for page in rounded), _highest(rounded)
        return _figure(value, lower, upper, "approximate", note)
    first = pages[0]
    return _figure(math.nan, first["lower"], first["upper"], first["status"], note)


def _highest(pages: list[dict[str, Any]]) -> float:
    """Return the highest upper bound of the pages, NaN when any is open."""
    uppers = [float(page["upper"]) for page in pages]
    return math.nan if any(math.isnan(upper) for upper in uppers) else max(uppers)


def _figure(value: float, lower: float, upper: float, status: str, note: str) -> dict[str, object]:
    return {"value": value, "lower": lower, "upper": upper, "status": status, "note": note}


def _settle(vintages: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """Return the newest figure of each cell, with the known issues applied."""
    table = vintages.sort_values(["released", "release"])
    firm = table[table["status"] != "approximate"]
    newest = pd.concat([table[~table.set_index(CELL).index.isin(firm.set_index(CELL).index)], firm])
    settled = newest.groupby(CELL, as_index=False).tail(1).sort_values(CELL)
    settled = settled.reset_index(drop=True).assign(issues="", issue_text="")
    exact = vintages[vintages["status"].isin(EXACT)]
    for issue in rows_of(issues):
        rows = _concerned(settled, issue)
        if issue["only_source"]:
            rows &= settled["sources"].str.split("|").map(lambda s, i=issue: i["only_source"] in s)
        for index in settled.index[rows]:
            row = settled.loc[index]
            settled.loc[index, "issues"] = _join(row["issues"], issue["issue"], mark="|")
            settled.loc[index, "issue_text"] = _join(row["issue_text"], issue["text"], mark=" ")
            if issue["only_source"] or row["status"] not in (*EXACT, "approximate"):
                continue
            if issue["effect"] == "partial":
                settled.loc[index, "upper"] = math.nan
                if row["status"] in EXACT:
                    settled.loc[index, "status"] = "partial"
            elif issue["effect"] == "disputed":
                said = exact[(exact[CELL] == row[CELL]).all(axis=1)]
                lower = said["lower"].min() if math.isnan(issue["lower"]) else issue["lower"]
                upper = said["upper"].max() if math.isnan(issue["upper"]) else issue["upper"]
                settled.loc[index, ["status", "lower", "upper"]] = ["disputed", lower, upper]
    return check(settled, SETTLED)


def _join(*parts: object, mark: str = "; ") -> str:
    return mark.join(str(part) for part in parts if part)
