"""Readings of a change and of a rank: printed totals, comparable forces, all figures added up."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from offences.analysis.change import change_bounds, percent_change
from offences.analysis.findings import Findings
from offences.analysis.forces import NOT_PRINTED
from offences.analysis.printed_totals import printed_totals
from offences.analysis.scope import Scope, among
from offences.claims.readings.printed_readings import printed
from offences.claims.readings.reading import (
    FigureKey,
    Question,
    Reading,
    doubts,
    in_order,
    number_of,
)
from offences.reference.bounds import Bounds
from offences.reference.periods import Period
from offences.reference.statuses import EXACT, Status
from offences.releases import known_issues
from offences.releases.clean import Cleaned
from offences.tables import rows_of
from offences.text import as_change, as_count, listed, several

_WHOSE = "No page says whether the same forces stand behind both totals."
_ANY_CHANGE = Bounds(-100.0)


def change(known: Cleaned, question: Question) -> list[Reading]:
    """Return the readings of the change from the first to the last year, in percent."""
    readings = printed(known, question, "offences_change_pct")
    years = question.years
    if not years.whole_years or years.is_year:
        return in_order(readings)
    found = Findings(known, question.place, years)
    readings = _change_of_totals(found) + readings
    if len(question.place.forces) > 1:
        plain = not any(r.plain and not r.own and r.gives_number for r in readings)
        readings += _change_of_forces(found, plain=plain)
    return in_order(readings)


def rank(known: Cleaned, question: Question) -> list[Reading]:
    """Return the rank of the year among all years up to it for which the place has totals."""
    held = printed_totals(Scope(known, question.place, Period(0, question.years.last)))
    years = held["period"].map(lambda text: Period.parse(text).is_year).astype(bool)
    rows = rows_of(held[years & held["status"].isin(EXACT)])
    this = [row for row in rows if row["period"] == str(question.years)]
    others = [Bounds.of(row) for row in rows if row["period"] != str(question.years)]
    if not this or not others:
        return []
    own = Bounds.of(this[0])
    whole = Period(Period.parse(rows[0]["period"]).first, question.years.last)
    absent = sorted({str(year) for year in whole.years()} - {row["period"] for row in rows})
    above = sum(other.lower > own.upper for other in others)
    not_below = sum(other.upper > own.lower for other in others)
    bounds = Bounds(1.0 + above, 1.0 + max(above, not_below) + len(absent))
    value = bounds.lower if bounds.is_exact else math.nan
    values = "; ".join(f"{row['period']}: {number_of(row)}" for row in rows)
    how = f"among {len(rows)} years printed it ranks {_ordinal(1 + above)} ({values})"
    caveats = tuple(dict.fromkeys(doubt for row in rows for doubt in doubts(row)))
    if absent:
        caveats += (f"No exact total is printed for {listed(absent)}.",)
    keys = tuple(map(FigureKey.of, rows))
    return [Reading("the printed years", value, bounds, how, caveats, keys)]


def _change_of_totals(found: Findings) -> list[Reading]:
    """Return the change between the place's own totals, as settled and as each release has it."""
    first, last = found.first_year, found.last_year
    readings: list[Reading] = []
    held = {row["period"]: row for row in rows_of(found.printed_totals) if row["status"] in EXACT}
    if {first, last} <= set(held):
        readings = _change_between(held[first], held[last], "the printed totals")
        if len(found.place.forces) > 1 and set(found.ends["status"]) != {Status.REPORTED}:
            readings = [replace(r, caveats=(*r.caveats, _WHOSE)) for r in readings]
    vintages = found.known.vintages
    own = vintages[among(vintages, found.place.keys) & vintages["status"].isin(EXACT)]
    own = own[(own["measure"] == "offences") & own["period"].isin([first, last])]
    for release, cells in own.groupby("release", sort=False):
        by_period = {
            row["period"]: row | {"issue_text": known_issues.issue_text(found.known.issues, row)}
            for row in rows_of(cells)
        }
        if {first, last} <= set(by_period):
            name = f"the totals of {found.known.titles[str(release)]}"
            between = _change_between(by_period[first], by_period[last], name, plain=False)
            readings += [r for r in between if r.value not in {one.value for one in readings}]
    return readings


def _change_between(
    before: dict[str, Any], after: dict[str, Any], name: str, *, plain: bool = True
) -> list[Reading]:
    """Return the change between two figures; one that is partial or disputed only bounds it."""
    bounds = change_bounds(Bounds.of(before), Bounds.of(after))
    value = percent_change(before["value"], after["value"])
    if math.isnan(value):
        return []
    keys = (FigureKey.of(before), FigureKey.of(after))
    how = (
        f"{name} are {number_of(before)} in {before['period']} and {number_of(after)} in "
        f"{after['period']}: {as_change(value)}"
    )
    caveats = tuple(dict.fromkeys((*doubts(before), *doubts(after))))
    as_they_stand = Reading(name, value, bounds, how, caveats, keys, plain=plain)
    if before["status"] == after["status"] == Status.REPORTED:
        return [as_they_stand]
    not_known = f"{how}, but one of the two is not plain, so the true change is not known"
    return [
        replace(as_they_stand, value=math.nan, how=not_known),
        replace(as_they_stand, name=f"{name} as they stand", plain=False),
    ]


def _change_of_forces(found: Findings, *, plain: bool) -> list[Reading]:
    """Return the change on comparable forces, and as all figures add up."""
    keys = FigureKey.of_force_years(found.ends)
    readings = []
    comparable, added = found.change_comparable, found.change_as_added
    if comparable.forces:
        count = len(found.place.forces)
        whole = len(comparable.forces) == count
        which = f"{several(len(comparable.forces), 'force')} of {count}"
        how = (
            f"on {which} ({listed(comparable.forces)}) offences went from "
            f"{as_count(comparable.before)} to {as_count(comparable.after)}: "
            f"{as_change(comparable.pct)}"
        )
        others = f"The other forces gave no full figure for {found.first_year} or "
        others += f"{found.last_year}."
        readings.append(
            Reading(
                "the forces that reported both years in full",
                comparable.pct,
                Bounds.exactly(comparable.pct) if whole and comparable.known else _ANY_CHANGE,
                how,
                () if whole else (others,),
                tuple(key for key in keys if key.place in comparable.forces),
                plain=plain and not (found.ends["note"] == NOT_PRINTED).any(),
            )
        )
    if added.known:
        how = (
            f"the forces' figures added up went from {as_count(added.before)} to "
            f"{as_count(added.after)}: {as_change(added.pct)}, not the same forces"
        )
        name = "all figures of forces added up"
        readings.append(Reading(name, added.pct, _ANY_CHANGE, how, (), keys, plain=False))
    return readings


def _ordinal(number: int) -> str:
    return "first" if number == 1 else f"number {number}"
