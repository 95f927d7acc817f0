"""Readings of a change and of a rank: printed totals, comparable forces, all figures added up."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from offences.analysis import forces
from offences.analysis.change import change_as_added, change_comparable, percent_change
from offences.analysis.forces import NOT_PRINTED
from offences.analysis.printed_totals import printed_totals
from offences.analysis.rows import among
from offences.claims.readings.reading import (
    Question,
    Reading,
    doubts,
    in_order,
    key_of,
    number_of,
    printed,
    top,
)
from offences.reference.periods import Period
from offences.reference.statuses import EXACT
from offences.releases import known_issues
from offences.releases.clean import Cleaned
from offences.tables import rows_of
from offences.text import as_change, as_count, listed, several

_WHOSE = "No page says whether the same forces stand behind both totals."


def change(cleaned: Cleaned, question: Question) -> list[Reading]:
    """Return the readings of the change from the first to the last year, in percent."""
    found = printed(cleaned, question, "offences_change_pct")
    years = question.years
    if not years.whole_years or years.is_year:
        return in_order(found)
    table = forces.force_years(cleaned, question.place, years)
    first, last = str(years.years()[0]), str(years.years()[-1])
    found = _change_of_totals(cleaned, question, first, last) + found
    single = len(question.place.forces) == 1
    if not single:
        plain = not any(r.plain and not r.own and not math.isnan(r.value) for r in found)
        found += _change_of_forces(table, first, last, plain=plain)
    return in_order(found)


def rank(cleaned: Cleaned, question: Question) -> list[Reading]:
    """Return the rank of the year among all years up to it for which the place has totals."""
    held = printed_totals(cleaned, question.place, Period(0, question.years.last))
    years = held["period"].map(lambda text: Period.parse(text).is_year).astype(bool)
    rows = rows_of(held[years & held["status"].isin(EXACT)])
    this = [row for row in rows if row["period"] == str(question.years)]
    others = [row for row in rows if row["period"] != str(question.years)]
    if not this or not others:
        return []
    whole = Period(Period.parse(rows[0]["period"]).first, question.years.last)
    absent = sorted({str(year) for year in whole.years()} - {row["period"] for row in rows})
    above = sum(row["lower"] > top(this[0]) for row in others)
    not_below = sum(top(row) > this[0]["lower"] for row in others)
    least, most = 1.0 + above, 1.0 + max(above, not_below) + len(absent)
    value = least if least == most else math.nan
    values = "; ".join(f"{row['period']}: {number_of(row)}" for row in rows)
    how = f"among {len(rows)} years printed it ranks {_ordinal(int(1 + above))} ({values})"
    caveats = tuple(dict.fromkeys(c for row in rows for c in doubts(row)))
    if absent:
        caveats += (f"No exact total is printed for {listed(absent)}.",)
    keys = tuple(key_of(row) for row in rows)
    return [Reading("the printed years", value, least, most, how, caveats, keys)]


def _change_of_totals(cleaned: Cleaned, question: Question, first: str, last: str) -> list[Reading]:
    """Return the change between the place's own totals, as settled and as each release has it."""
    found = []
    held = printed_totals(cleaned, question.place, question.years).set_index("period", drop=False)
    held = held[held["status"].isin(EXACT)]
    if {first, last} <= set(held.index):
        before, after = (rows_of(held.loc[[year]])[0] for year in (first, last))
        found += _change_between(before, after, "the printed totals")
        if len(question.place.forces) > 1 and not _same_forces(cleaned, question, first, last):
            found = [replace(r, caveats=(*r.caveats, _WHOSE)) for r in found]
    vintages = cleaned.vintages
    own = vintages[among(vintages, question.place.keys) & vintages["status"].isin(EXACT)]
    own = own[(own["measure"] == "offences") & own["period"].isin([first, last])]
    for release, cells in own.groupby("release", sort=False):
        by_period = cells.drop_duplicates("period", keep="last").set_index("period", drop=False)
        if {first, last} <= set(by_period.index):
            before, after = (
                row | {"issue_text": known_issues.issue_text(cleaned.issues, row)}
                for year in (first, last)
                for row in rows_of(by_period.loc[[year]])
            )
            said = f"the totals of {release}"
            for reading in _change_between(before, after, said, plain=False):
                if reading.value not in {r.value for r in found}:
                    found.append(reading)
    return found


def _same_forces(cleaned: Cleaned, question: Question, first: str, last: str) -> bool:
    """Return whether every force is known to stand behind the totals of both years."""
    table = forces.force_years(cleaned, question.place, question.years)
    ends = table[table["year"].isin([first, last])]
    return set(ends["status"]) == {"reported"}


def _change_between(
    before: dict[str, Any], after: dict[str, Any], name: str, *, plain: bool = True
) -> list[Reading]:
    """Return the change between two figures; one that is partial or disputed only bounds it."""
    lower = percent_change(top(before), after["lower"]) if top(before) < math.inf else -100.0
    upper = percent_change(before["lower"], float(after["upper"]))
    value = percent_change(before["value"], after["value"])
    if math.isnan(value):
        return []
    keys = (key_of(before), key_of(after))
    how = (
        f"{name} are {number_of(before)} in {before['period']} and {number_of(after)} in "
        f"{after['period']}: {as_change(value)}"
    )
    caveats = tuple(dict.fromkeys((*doubts(before), *doubts(after))))
    if before["status"] == after["status"] == "reported":
        return [Reading(name, value, lower, upper, how, caveats, keys, plain=plain)]
    not_known = f"{how}, but one of the two is not plain, so the true change is not known"
    as_printed = f"{name} as they stand"
    return [
        Reading(name, math.nan, lower, upper, not_known, caveats, keys, plain=plain),
        Reading(as_printed, value, lower, upper, how, caveats, keys, plain=False),
    ]


def _change_of_forces(table: pd.DataFrame, first: str, last: str, *, plain: bool) -> list[Reading]:
    """Return the change on comparable forces, and as all figures add up."""
    ends = table[table["year"].isin([first, last])]
    keys = tuple(
        ("force", row["force"], row["year"], "offences", "", row["release"])
        for row in rows_of(ends[ends["release"] != ""])
    )
    found = []
    comparable = change_comparable(table)
    accounted = not (ends["note"] == NOT_PRINTED).any()
    count = len(ends["force"].unique())
    if comparable.forces:
        whole = len(comparable.forces) == count
        names = listed(comparable.forces)
        set_of = f"on {several(len(comparable.forces), 'force')} of {count} ({names})"
        how = (
            f"{set_of} offences went from {as_count(comparable.before)} to "
            f"{as_count(comparable.after)}: {as_change(comparable.pct)}"
        )
        caveats = () if whole else (f"The other forces gave no full figure for {first} or {last}.",)
        bounds = (comparable.pct, comparable.pct) if whole else (-100.0, math.nan)
        found.append(
            Reading(
                "the forces that reported both years in full",
                comparable.pct,
                *bounds,
                how,
                caveats,
                tuple(k for k in keys if k[1] in comparable.forces),
                plain=plain and accounted,
            )
        )
    added = change_as_added(table)
    if not math.isnan(added.pct):
        how = (
            f"the forces' figures added up went from {as_count(added.before)} to "
            f"{as_count(added.after)}: {as_change(added.pct)}, not the same forces"
        )
        name = "all figures of forces added up"
        found.append(Reading(name, added.pct, -100.0, math.nan, how, (), keys, plain=False))
    return found


def _ordinal(number: int) -> str:
    return "first" if number == 1 else f"number {number}"
