"""The place's own printed totals, and how they sit beside the sum of its forces.

A printed total can hold forces whose own figures no page prints, and can lack forces that the page
does not name. It is never mixed with the sum of the forces.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from offences.analysis.forces import by_year
from offences.analysis.rows import among, offences_of, within
from offences.reference.periods import Period
from offences.reference.places import Place
from offences.reference.statuses import EXACT
from offences.releases.clean import Cleaned
from offences.tables import rows_of


@dataclass(frozen=True)
class Published:
    """The place's own printed figure for the years.

    Attributes
    ----------
    lower, upper
        Its bounds; ``upper`` is NaN where open.
    how
        Which figures it is made of, for a reader.
    """

    value: float
    lower: float
    upper: float
    status: str
    how: str


def printed_totals(cleaned: Cleaned, place: Place, years: Period) -> pd.DataFrame:
    """Return the place's own printed figures of offences inside the years, settled.

    One row a period with the columns of :data:`offences.releases.schemas.SETTLED`. A nation
    policed by one force is printed under either name.
    """
    offences = offences_of(cleaned.settled)
    own = offences[among(offences, place.keys) & within(offences, years)]
    newest = own.sort_values("released").drop_duplicates("period", keep="last")
    order = newest["period"].map(lambda text: Period.parse(text))
    return newest.loc[order.sort_values().index].reset_index(drop=True)


def beside_sum(cleaned: Cleaned, place: Place, years: Period, table: pd.DataFrame) -> pd.DataFrame:
    """Return for each year the printed total of the place beside the sum of its forces.

    Columns ``year``, ``published``, ``published_status``, ``release``, ``sum_of_forces`` (lower
    bounds), ``reported``, ``partial``, ``expected``, ``difference`` (published less the sum; only
    where every force-year was reported in full it is a contradiction, else it is what is missing).
    """
    printed = printed_totals(cleaned, place, years).set_index("period")
    rows = []
    for summed in rows_of(by_year(table)):
        year = summed["year"]
        cell = printed.loc[year] if year in printed.index else None
        value = math.nan if cell is None else cell["value"]
        rows.append(
            {
                "year": year,
                "published": value,
                "published_status": "not printed" if cell is None else cell["status"],
                "release": "" if cell is None else cell["release"],
                "sum_of_forces": summed["lower"],
                "reported": summed["reported"],
                "partial": summed["partial"],
                "expected": summed["expected"],
                "difference": value - summed["lower"],
            }
        )
    columns = (
        "year published published_status release sum_of_forces reported partial expected difference"
    )
    return pd.DataFrame(rows, columns=columns.split())


def spans_beside_years(cleaned: Cleaned, place: Place, years: Period) -> pd.DataFrame:
    """Return each total printed for a span of years beside the sum of the years printed in it.

    Columns ``period``, ``printed``, ``status``, ``sum_of_years``, ``years_printed``, ``years``,
    ``difference`` (the total less the sum; a contradiction only where every year is printed).
    """
    own = printed_totals(cleaned, place, years)
    exact = own[own["status"].isin(EXACT) & own["value"].notna()].set_index("period")["value"]
    rows = []
    for total in rows_of(own):
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


def published_total(cleaned: Cleaned, place: Place, years: Period) -> Published:
    """Return the exact total printed for the span, else the sum of the exact printed years.

    A rounded wording never stands in for either.
    """
    printed = printed_totals(cleaned, place, years)
    exact = printed[printed["status"].isin(EXACT) & printed["value"].notna()]
    whole_span = rows_of(exact[exact["period"] == str(years)])
    if whole_span and not years.is_year:
        cell = whole_span[0]
        how = f"printed as a total for {years.in_words()} ({cell['release']})"
        if cell["issue_text"]:
            how += f". {cell['issue_text'].rstrip('.')}"
        how += _forces_behind(cleaned, place, years)
        return Published(cell["value"], cell["lower"], cell["upper"], cell["status"], how)
    exact = exact.set_index("period")
    labels = [str(year) for year in years.years()]
    found = [year for year in labels if year in exact.index]
    if not found:
        how = f"no page prints an exact figure of its own for {years.in_words()} or a year of it"
        return Published(math.nan, 0.0, math.nan, "missing", how)
    cells = exact.loc[found]
    releases = ", ".join(dict.fromkeys(cells["release"]))
    how = f"sum of the {len(found)} of {len(labels)} years printed exactly ({releases})"
    how = f"printed for the year ({releases})" if years.is_year else how
    for text in filter(None, cells["issue_text"].unique()):
        how += f". {', '.join(cells.index[cells['issue_text'] == text])}: {text.rstrip('.')}"
    how += _forces_behind(cleaned, place, years)
    whole = len(found) == len(labels)
    statuses = set(cells["status"])
    status = "partial" if not whole or "partial" in statuses else "reported"
    status = "disputed" if whole and "disputed" in statuses else status
    upper = float(cells["upper"].sum(skipna=False)) if whole else math.nan
    return Published(float(cells["value"].sum()), float(cells["lower"].sum()), upper, status, how)


def _forces_behind(cleaned: Cleaned, place: Place, years: Period) -> str:
    """Return how many forces gave figures, where pages print it: a total rests on no more."""
    table = cleaned.settled[cleaned.settled["measure"] == "forces_responding"]
    table = table[among(table, place.keys) & within(table, years)]
    said = []
    for cell in rows_of(table.sort_values("period")):
        period = Period.parse(cell["period"])
        if not period.whole_years:
            continue
        most = "" if cell["upper"] == cell["lower"] else f" to {cell['upper']:.0f}"
        said.append(f"{cell['lower']:.0f}{most} for {period.in_words()}")
    return f". Forces that gave figures, as printed: {', '.join(said)}" if said else ""
