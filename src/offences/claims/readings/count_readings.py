"""Readings of a count of offences: a printed total, the years added up, the forces added up."""

from __future__ import annotations

import math

from offences.analysis import sentences
from offences.analysis.findings import Findings
from offences.analysis.forces import NOT_PRINTED
from offences.analysis.printed_totals import exactly_printed
from offences.claims.readings.printed_readings import printed
from offences.claims.readings.reading import FigureKey, Question, Reading, doubts, in_order
from offences.reference.bounds import Bounds
from offences.reference.statuses import Status
from offences.releases.clean import Cleaned
from offences.tables import rows_of
from offences.text import as_count


def offences(known: Cleaned, question: Question) -> list[Reading]:
    """Return the readings of how many offences were recorded."""
    readings = printed(known, question, "offences")
    found = Findings(known, question.place, question.years)
    years = question.years
    if years.whole_years and not years.is_year:
        readings += _years_added_up(found)
    if years.whole_years and (len(question.place.forces) > 1 or not years.is_year):
        readings += _forces_added_up(found)
    return in_order(readings)


def span(_: Cleaned, question: Question) -> list[Reading]:
    """Return how many years a span is: counted, and from its first to its last."""
    years = question.years.years()
    counted, difference = float(len(years)), float(len(years) - 1)
    return [
        Reading(
            "the years counted",
            counted,
            Bounds.exactly(counted),
            f"{question.years.in_words()} are {counted:.0f} years",
        ),
        Reading(
            "from the first year to the last",
            difference,
            Bounds.exactly(difference),
            f"from {years[0]} to {years[-1]} it is {difference:.0f} years",
            plain=False,
        ),
    ]


def _years_added_up(found: Findings) -> list[Reading]:
    """Return the sum of the place's own printed years, where every year is printed exactly."""
    held = {row["period"]: row for row in rows_of(exactly_printed(found.printed_totals))}
    labels = [str(year) for year in found.years.years()]
    if not set(labels) <= set(held):
        return []
    rows = [held[label] for label in labels]
    value = sum(float(row["value"]) for row in rows)
    bounds = sum((Bounds.of(row) for row in rows), Bounds.exactly(0.0))
    how = f"the {len(rows)} yearly totals printed add up to {as_count(value)}"
    caveats = tuple(dict.fromkeys(doubt for row in rows for doubt in doubts(row)))
    keys = tuple(map(FigureKey.of, rows))
    return [Reading("the years added up", value, bounds, how, caveats, keys)]


def _forces_added_up(found: Findings) -> list[Reading]:
    """Return the sum of the forces; a floor only where pages do not account for every one."""
    table, total = found.force_years, found.total
    if not total.reported:
        return []
    keys = FigureKey.of_force_years(table)
    name = "the forces added up"
    added = sentences.at_least(total)
    if (table["note"] == NOT_PRINTED).any():
        how = f"the forces printed so far add up to {added}"
        return [Reading(name, math.nan, Bounds(total.bounds.lower), how, (), keys)]
    statuses = set(table["status"])
    value = math.nan if Status.DISPUTED in statuses else float(table["value"].sum())
    caveats = () if statuses == {Status.REPORTED} else (sentences.gaps(table),)
    how = f"the forces' figures add up to {added}"
    return [Reading(name, value, total.bounds, how, caveats, keys)]
