"""The place's own printed totals, and how they sit beside the sum of its forces.

A printed total can hold forces whose own figures no page prints, and can lack forces that the page
does not name. It is never mixed with the sum of the forces.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from offences.analysis.change import NO_CHANGE, Change
from offences.analysis.scope import Scope, offences_of
from offences.reference.bounds import ANYTHING, Bounds
from offences.reference.periods import Period
from offences.reference.statuses import EXACT, Status
from offences.tables import rows_of

NO_TOTAL = "not printed"
"""The status of a year for which no page prints a total of the place."""


@dataclass(frozen=True)
class PrintedTotal:
    """The place's own printed figure for the years.

    Attributes
    ----------
    how
        Which figures it is made of, for a reader.
    """

    value: float
    bounds: Bounds
    status: Status
    how: str


@dataclass(frozen=True)
class PrintedChange:
    """The change between the place's own printed totals of the first and the last year.

    Attributes
    ----------
    plain
        Whether both totals are whole and undisputed; a partial or disputed one says little of the
        change.
    """

    change: Change = NO_CHANGE
    plain: bool = False


def printed_totals(scope: Scope) -> pd.DataFrame:
    """Return the place's own printed figures of offences inside the years, settled.

    One row a period with the columns of :data:`offences.releases.schemas.SETTLED`. A nation
    policed by one force is printed under either name.
    """
    own = scope.own(offences_of(scope.known.settled))
    newest = own.sort_values("released").drop_duplicates("period", keep="last")
    order = newest["period"].map(lambda text: Period.parse(text))
    return newest.loc[order.sort_values().index].reset_index(drop=True)


def exactly_printed(totals: pd.DataFrame) -> pd.DataFrame:
    """Return the totals that were printed as one number; a rounded wording is none."""
    return totals[totals["status"].isin(EXACT) & totals["value"].notna()]


def change_printed(totals: pd.DataFrame, first: str, last: str) -> PrintedChange:
    """Return the change between two years of :func:`printed_totals`, both exactly printed."""
    own = {row["period"]: row for row in rows_of(exactly_printed(totals))}
    if first == last or first not in own or last not in own:
        return PrintedChange()
    before, after = own[first], own[last]
    plain = before["status"] == after["status"] == Status.REPORTED
    return PrintedChange(Change(before["value"], after["value"]), plain)


def beside_sum(totals: pd.DataFrame, by_year: pd.DataFrame) -> pd.DataFrame:
    """Return for each year the printed total of the place beside the sum of its forces.

    Columns ``year``, ``published``, ``published_status``, ``release``, ``sum_of_forces`` (lower
    bounds), ``reported``, ``partial``, ``expected``, ``difference`` (published less the sum; only
    where every force-year was reported in full it is a contradiction, else it is what is missing).
    """
    printed = {row["period"]: row for row in rows_of(totals)}
    unprinted = {"value": math.nan, "status": NO_TOTAL, "release": ""}
    rows = []
    for summed in rows_of(by_year):
        cell = printed.get(summed["year"], unprinted)
        rows.append(
            {
                "year": summed["year"],
                "published": cell["value"],
                "published_status": cell["status"],
                "release": cell["release"],
                "sum_of_forces": summed["lower"],
                "reported": summed["reported"],
                "partial": summed["partial"],
                "expected": summed["expected"],
                "difference": cell["value"] - summed["lower"],
            }
        )
    columns = (
        "year published published_status release sum_of_forces reported partial expected difference"
    )
    return pd.DataFrame(rows, columns=columns.split())


def spans_beside_years(totals: pd.DataFrame) -> pd.DataFrame:
    """Return each total printed for a span of years beside the sum of the years printed in it.

    Columns ``period``, ``printed``, ``status``, ``sum_of_years``, ``years_printed``, ``years``,
    ``difference`` (the total less the sum; a contradiction only where every year is printed).
    """
    exact = exactly_printed(totals).set_index("period")["value"]
    rows = []
    for total in rows_of(totals):
        span = Period.parse(total["period"])
        if not span.whole_years or span.is_year:
            continue
        held = [exact[str(year)] for year in span.years() if str(year) in exact.index]
        rows.append(
            {
                "period": total["period"],
                "printed": total["printed"],
                "status": total["status"],
                "sum_of_years": sum(held),
                "years_printed": len(held),
                "years": len(span.years()),
                "difference": total["value"] - sum(held),
            }
        )
    columns = ["period", "printed", "status", "sum_of_years", "years_printed", "years"]
    return pd.DataFrame(rows, columns=[*columns, "difference"])


def printed_total(scope: Scope, totals: pd.DataFrame, answered: pd.DataFrame) -> PrintedTotal:
    """Return the exact total printed for the span, else the sum of the exact printed years.

    A rounded wording never stands in for either.

    Parameters
    ----------
    totals, answered
        As from :func:`printed_totals` and :func:`forces_responding`.
    """
    years, behind = scope.years, _forces_behind(answered)
    exact = exactly_printed(totals)
    whole_span = rows_of(exact[exact["period"] == str(years)])
    if whole_span and not years.is_year:
        cell = whole_span[0]
        how = f"printed as a total for {years.in_words()} ({cell['release']})"
        if cell["issue_text"]:
            how += f". {cell['issue_text'].rstrip('.')}"
        return PrintedTotal(cell["value"], Bounds.of(cell), cell["status"], how + behind)
    return _sum_of_years(years, exact.set_index("period"), behind)


def forces_responding(scope: Scope) -> pd.DataFrame:
    """Return how many forces gave figures, period by period, where pages print it.

    A total rests on no more forces than that. Columns as of settled figures.
    """
    table = scope.known.settled
    return scope.own(table[table["measure"] == "forces_responding"]).sort_values("period")


def _sum_of_years(years: Period, exact: pd.DataFrame, behind: str) -> PrintedTotal:
    """Return the sum of the years printed exactly; ``exact`` has them by period."""
    labels = [str(year) for year in years.years()]
    found = [year for year in labels if year in exact.index]
    if not found:
        how = f"no page prints an exact figure of its own for {years.in_words()} or a year of it"
        return PrintedTotal(math.nan, ANYTHING, Status.MISSING, how)
    cells = exact.loc[found]
    releases = ", ".join(dict.fromkeys(cells["release"]))
    how = f"sum of the {len(found)} of {len(labels)} years printed exactly ({releases})"
    how = f"printed for the year ({releases})" if years.is_year else how
    for text in filter(None, cells["issue_text"].unique()):
        how += f". {', '.join(cells.index[cells['issue_text'] == text])}: {text.rstrip('.')}"
    whole = len(found) == len(labels)
    statuses = set(cells["status"])
    status = Status.PARTIAL if not whole or Status.PARTIAL in statuses else Status.REPORTED
    status = Status.DISPUTED if whole and Status.DISPUTED in statuses else status
    summed = Bounds.summed(map(Bounds.of, rows_of(cells)))
    bounds = summed if whole else Bounds(summed.lower)
    return PrintedTotal(float(cells["value"].sum()), bounds, status, how + behind)


def _forces_behind(answered: pd.DataFrame) -> str:
    said = []
    for cell in rows_of(answered):
        period = Period.parse(cell["period"])
        if period.whole_years:
            most = "" if cell["upper"] == cell["lower"] else f" to {cell['upper']:.0f}"
            said.append(f"{cell['lower']:.0f}{most} for {period.in_words()}")
    return f". Forces that gave figures, as printed: {', '.join(said)}" if said else ""
