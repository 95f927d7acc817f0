"""The numbers of a run that people quote, each with its bounds, its base and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from offences.analysis import sentences
from offences.analysis.change import change_bounds
from offences.analysis.findings import Findings
from offences.analysis.forces import Total
from offences.analysis.parameters import Request
from offences.analysis.platform_shares import chosen
from offences.analysis.scope import within
from offences.reference.bounds import Bounds
from offences.reference.periods import period_in_words
from offences.reference.statuses import Status
from offences.tables import rows_of
from offences.text import as_count, as_percent, listed, several

HEADLINE_COLUMNS = [
    "name",
    "value",
    "lower",
    "upper",
    "numerator",
    "denominator",
    "unit",
    "status",
    "note",
]
"""``lower`` and ``upper`` are what the data allow; an empty ``upper`` is open."""


class Quoted(StrEnum):
    """Names of headline numbers; those of shares are followed by a platform or a company."""

    OFFENCES_REPORTED = "offences_reported"
    FORCE_YEARS_REPORTED = "force_years_reported"
    FORCE_YEARS_EXPECTED = "force_years_expected"
    FORCE_YEARS_PARTIAL = "force_years_partial"
    OFFENCES_PUBLISHED = "offences_published"
    CHANGE_AS_ADDED = "change_as_added_pct"
    CHANGE_COMPARABLE = "change_comparable_pct"
    CHANGE_COMPARABLE_INTERVAL = "change_comparable_interval_pct"
    CHANGE_PUBLISHED = "change_published_pct"
    FORCES_COMPARABLE = "forces_comparable"
    GIRLS = "girls_pct"
    UNDER_12 = "under_12_pct"
    MEANS_KNOWN = "means_known_pct"
    PLATFORMS_NAMED = "platforms_named"
    PLATFORM_SHARE = "platform_share_pct"
    PARENT_SHARE = "parent_share_pct"


CHANGE_NUMBERS = frozenset(
    {
        Quoted.CHANGE_AS_ADDED,
        Quoted.CHANGE_COMPARABLE,
        Quoted.CHANGE_COMPARABLE_INTERVAL,
        Quoted.CHANGE_PUBLISHED,
    }
)
"""Numbers whose numerator is a count after and whose denominator the count before."""
COUNT_NUMBERS = CHANGE_NUMBERS | {
    Quoted.OFFENCES_REPORTED,
    Quoted.OFFENCES_PUBLISHED,
    Quoted.FORCE_YEARS_REPORTED,
    Quoted.FORCE_YEARS_EXPECTED,
    Quoted.FORCE_YEARS_PARTIAL,
    Quoted.FORCES_COMPARABLE,
}
"""Numbers of offences and forces, which change when a force-year does."""


@dataclass(frozen=True)
class HeadlineNumber:
    """One number that people quote.

    Attributes
    ----------
    value
        NaN where it is not known.
    bounds
        None where there are none to state.
    numerator, denominator
        Of a share the two counts, of a change the count after and the count before; NaN where no
        page prints them.
    note
        What it rests on, for a reader.
    """

    name: str
    value: float
    bounds: Bounds | None
    unit: str
    status: Status
    note: str
    numerator: float = math.nan
    denominator: float = math.nan

    @classmethod
    def exact(cls, name: str, value: float, unit: str, note: str, *of: float) -> HeadlineNumber:
        """Return a number that is known; ``of`` are its numerator and denominator."""
        return cls(name, value, Bounds.exactly(value), unit, Status.REPORTED, note, *of)

    @classmethod
    def unknown(cls, name: str, bounds: Bounds, note: str, *of: float) -> HeadlineNumber:
        """Return a percentage that the data do not give, only its bounds."""
        return cls(name, math.nan, bounds, "percent", Status.MISSING, note, *of)

    def row(self) -> dict[str, Any]:
        """Return it as a row with :data:`HEADLINE_COLUMNS`."""
        return {**vars(self), **(self.bounds.columns() if self.bounds else {})}


def headline(request: Request, found: Findings) -> pd.DataFrame:
    """Return the headline numbers of a run, with :data:`HEADLINE_COLUMNS`.

    For a platform or parent ``value`` is its share of the offences with known means, the
    denominator those offences, and ``lower`` to ``upper`` its possible share of all offences.
    """
    numbers = [
        *_offences(request, found),
        *_changes(found),
        *_victims(found),
        _means_known(request, found),
        *_platforms(found),
    ]
    return pd.DataFrame([number.row() for number in numbers], columns=HEADLINE_COLUMNS)


def _offences(request: Request, found: Findings) -> Iterator[HeadlineNumber]:
    summed, own = found.total, found.printed_total
    years = found.years.years()
    ahead = [y for y in years if request.day is not None and y.ends_on() > request.day]
    expected = (
        f"{several(len(found.place.forces), 'force')} in {several(len(years), 'financial year')}"
    )
    if ahead:
        expected += f"; {len(ahead)} of these years were not over by then"
    status = Status.PARTIAL if summed.reported else Status.MISSING
    yield HeadlineNumber(
        Quoted.OFFENCES_REPORTED,
        summed.bounds.lower if summed.reported else math.nan,
        summed.bounds,
        "count",
        Status.REPORTED if summed.complete else status,
        f"sum of the forces: {sentences.at_least(summed)}. {sentences.gaps(found.force_years)}",
    )
    for name, number, note, of in (
        (
            Quoted.FORCE_YEARS_REPORTED,
            summed.reported,
            "force-years with any printed figure, partial ones among them",
            (summed.reported, summed.expected),
        ),
        (Quoted.FORCE_YEARS_EXPECTED, summed.expected, expected, ()),
        (
            Quoted.FORCE_YEARS_PARTIAL,
            summed.partial,
            "force-years whose figure covers part of the year",
            (summed.partial, summed.expected),
        ),
    ):
        yield HeadlineNumber.exact(name, number, "force-years", note, *of)
    name = Quoted.OFFENCES_PUBLISHED
    yield HeadlineNumber(name, own.value, own.bounds, "count", own.status, own.how)


def _changes(found: Findings) -> Iterator[HeadlineNumber]:
    first, last = found.first_year, found.last_year
    one_year = first == last
    span = last if one_year else f"{last} against {first}"
    added, comparable = found.change_as_added, found.change_comparable
    fallen_at_most = Bounds(-100.0)
    from_none = f"{span}: none recorded in {first}, so there is no percentage"
    if not added.known:
        why = from_none if added.counted else f"{span}: a year without figures"
        note = f"{span}: one year only" if one_year else why
        yield HeadlineNumber.unknown(Quoted.CHANGE_AS_ADDED, fallen_at_most, note)
    else:
        ends = [Total.of(row) for row in rows_of(found.by_year.iloc[[0, -1]])]
        note = (
            f"{span}, all figures as printed: {ends[0].coverage} in {first}, "
            f"{ends[1].reported} of {ends[1].expected} in {last}"
        )
        status = Status.REPORTED if all(end.complete for end in ends) else Status.PARTIAL
        bounds = change_bounds(*(end.bounds for end in ends))
        yield HeadlineNumber(
            Quoted.CHANGE_AS_ADDED, added.pct, bounds, "percent", status, note,
            added.after, added.before,
        )  # fmt: skip
    if not comparable.known:
        why = from_none if comparable.forces else f"{span}: no force reported both years in full"
        note = f"{span}: one year only" if one_year else why
        yield HeadlineNumber.unknown(Quoted.CHANGE_COMPARABLE, fallen_at_most, note)
    if comparable.forces:
        yield from _comparable(found, span)
    yield from _change_published(found)


def _comparable(found: Findings, span: str) -> Iterator[HeadlineNumber]:
    comparable = found.change_comparable
    ends = (comparable.after, comparable.before)
    if comparable.known:
        note = f"{span}, on the forces that reported both in full: {listed(comparable.forces)}"
        yield HeadlineNumber.exact(Quoted.CHANGE_COMPARABLE, comparable.pct, "percent", note, *ends)
    number = len(comparable.forces)
    note = f"{span}: forces that reported both in full, of all forces of the place"
    of = (number, len(found.place.forces))
    yield HeadlineNumber.exact(Quoted.FORCES_COMPARABLE, number, "forces", note, *of)
    note = "exact 95% Poisson interval of change_comparable_pct: what chance alone could do"
    yield HeadlineNumber(
        Quoted.CHANGE_COMPARABLE_INTERVAL, comparable.pct, comparable.interval, "percent",
        Status.REPORTED, note, *ends,
    )  # fmt: skip


def _change_published(found: Findings) -> Iterator[HeadlineNumber]:
    """Yield the change between the place's own printed years, where both are exact."""
    change, plain = found.change_printed.change, found.change_printed.plain
    if not change.known:
        return
    yield HeadlineNumber(
        Quoted.CHANGE_PUBLISHED,
        change.pct,
        Bounds.exactly(change.pct) if plain else Bounds(-100.0),
        "percent",
        Status.REPORTED if plain else Status.PARTIAL,
        f"{found.last_year} against {found.first_year}, the place's own printed totals",
        change.after,
        change.before,
    )


def _victims(found: Findings) -> Iterator[HeadlineNumber]:
    own = found.about_place(found.victims)
    for measure, name in (("pct_girls", Quoted.GIRLS), ("pct_under_12", Quoted.UNDER_12)):
        for cell in rows_of(chosen(own[own["measure"] == measure], found.years, "measure")):
            base = "where known; the base is not printed"
            if not math.isnan(cell["base_count"]):
                base = f"of {as_count(cell['base_count'])} where known"
            note = f"{period_in_words(cell['period'])}, {base} ({cell['release']})"
            yield HeadlineNumber(
                name, cell["value"], Bounds.of(cell), "percent", cell["status"], note,
                denominator=cell["base_count"],
            )  # fmt: skip


def _means_known(request: Request, found: Findings) -> HeadlineNumber:
    """Return how much of the offences a platform figure of the place can rest on."""
    name = Quoted.MEANS_KNOWN
    any_share = Bounds(0.0, 100.0)
    own = found.about_place(found.means_known)
    own = own[within(own, found.years)].assign(name=name)
    if own.empty:
        note = f"no page prints how many offences of {request.title} in these years had known means"
        return HeadlineNumber.unknown(name, any_share, note)
    cell = rows_of(chosen(own, found.years, "name"))[0]
    note = f"{period_in_words(cell['period'])} ({cell['release']})"
    of = (cell["means_known"], cell["offences"])
    if math.isnan(cell["pct"]):
        note += "; all offences of that period are not printed"
        return HeadlineNumber.unknown(name, any_share, note, *of)
    return HeadlineNumber.exact(name, cell["pct"], "percent", note, *of)


def _platforms(found: Findings) -> Iterator[HeadlineNumber]:
    for cell in rows_of(chosen(found.platforms_named, found.years, "place")):
        note = (
            f"{period_in_words(cell['period'])}, printed as {cell['printed']} ({cell['release']})"
        )
        yield HeadlineNumber(
            Quoted.PLATFORMS_NAMED,
            cell["value"],
            Bounds.of(cell),
            "platforms",
            cell["status"],
            note,
        )
    named = found.own_shares[found.own_shares["kind"] != "parent"]
    for cell in rows_of(chosen(named, found.years, "subject")):
        of_known = None if math.isnan(cell["share_lower"]) else Bounds.of(cell, "share_")
        name = f"{Quoted.PLATFORM_SHARE}:{cell['subject']}"
        yield _share(name, cell["share"], of_known, cell, cell["status"], cell["count"])
    for cell in rows_of(chosen(found.parents, found.years, "parent")):
        status = Status.APPROXIMATE if math.isnan(cell["value"]) else Status.REPORTED
        members = listed(cell["members"].split("|")) if cell["members"] else ""
        name = f"{Quoted.PARENT_SHARE}:{cell['parent']}"
        yield _share(name, cell["value"], Bounds.of(cell), cell, status, math.nan, members)


def _share(
    name: str,
    value: float,
    of_known: Bounds | None,
    cell: dict[str, Any],
    status: Status,
    count: float,
    members: str = "",
) -> HeadlineNumber:
    """Return a share of known means (bounded by ``of_known``), with bounds over all offences."""
    base, offences = float(cell["means_known"]), float(cell["offences"])
    parts = [period_in_words(str(cell["period"]))]
    if of_known is None:
        parts.append(f"{as_count(count)} offences; how many had known means is not printed")
    else:
        of = "offences with known means"
        of = f"{of}, their number not printed" if math.isnan(base) else f"{as_count(base)} {of}"
        parts.append(f"{as_percent(of_known.lower, 1)} to {as_percent(of_known.upper, 1)} of {of}")
    if math.isnan(offences):
        parts.append("all offences of that period not printed")
    else:
        parts.append(f"lower and upper are of all {as_count(offences)} offences")
    note = f"{', '.join(parts)} ({cell['release']})"
    if members:
        note = f"{note}; platforms printed: {members}"
    of_all = Bounds.of(cell, "of_all_")
    return HeadlineNumber(name, value, of_all, "percent", status, note, count, base)
