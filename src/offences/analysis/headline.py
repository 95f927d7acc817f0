"""The numbers of a run that people quote, each with its bounds, its base and what it rests on."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from offences.analysis import forces, platform_shares, printed_totals, sentences
from offences.analysis.change import change_as_added, change_comparable, percent_change
from offences.analysis.parameters import Request
from offences.analysis.rows import within
from offences.analysis.victims import printed as printed_victims
from offences.project import Project
from offences.reference.periods import period_in_words
from offences.reference.platforms import Platforms
from offences.reference.statuses import EXACT
from offences.releases.clean import Cleaned
from offences.tables import rows_of
from offences.text import as_count, as_percent, listed, several

COLUMNS = ["name", "value", "lower", "upper", "numerator", "denominator", "unit", "status", "note"]
"""``lower`` and ``upper`` are what the data allow; an empty ``upper`` is open."""


def headline(project: Project, request: Request, cleaned: Cleaned) -> pd.DataFrame:
    """Return the headline numbers of a run, with :data:`COLUMNS`.

    For a platform or parent ``value`` is its share of the offences with known means, the
    denominator those offences, and ``lower`` to ``upper`` its possible share of all offences.
    """
    rows = [
        *_offences(request, cleaned),
        *_changes(request, cleaned),
        *_victims(request, cleaned),
        *_platforms(Platforms.read(project), request, cleaned),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(
    name: str, value: float, unit: str, status: str, note: str, **more: float
) -> dict[str, object]:
    empty = dict.fromkeys(["lower", "upper", "numerator", "denominator"], math.nan)
    return (
        {"name": name, "value": value, "unit": unit, "status": status, "note": note} | empty | more
    )


def _exactly(value: float) -> dict[str, float]:
    return {"lower": value, "upper": value}


def _offences(request: Request, cleaned: Cleaned) -> list[dict[str, object]]:
    table = forces.force_years(cleaned, request.place, request.years)
    total = forces.total(table)
    own = printed_totals.published_total(cleaned, request.place, request.years)
    years = request.years.years()
    ahead = [y for y in years if request.day is not None and y.ends_on() > request.day]
    expected = (
        f"{several(len(request.place.forces), 'force')} in {several(len(years), 'financial year')}"
    )
    if ahead:
        expected += f"; {len(ahead)} of these years were not over by then"
    status = "reported" if total.complete else "partial" if total.reported else "missing"
    return [
        _row(
            "offences_reported",
            total.lower if total.reported else math.nan,
            "count",
            status,
            f"sum of the forces: {sentences.at_least(total)}. {sentences.force_table(table)}",
            lower=total.lower,
            upper=total.upper,
        ),
        _row(
            "force_years_reported",
            total.reported,
            "force-years",
            "reported",
            "force-years with any printed figure, partial ones among them",
            numerator=total.reported,
            denominator=total.expected,
            **_exactly(total.reported),
        ),
        _row(
            "force_years_expected",
            total.expected,
            "force-years",
            "reported",
            expected,
            **_exactly(total.expected),
        ),
        _row(
            "force_years_partial",
            total.partial,
            "force-years",
            "reported",
            "force-years whose figure covers part of the year",
            numerator=total.partial,
            denominator=total.expected,
            **_exactly(total.partial),
        ),
        _row(
            "offences_published",
            own.value,
            "count",
            own.status,
            own.how,
            lower=own.lower,
            upper=own.upper,
        ),
    ]


def _changes(request: Request, cleaned: Cleaned) -> list[dict[str, object]]:
    table = forces.force_years(cleaned, request.place, request.years)
    first, last = (str(y) for y in (request.years.years()[0], request.years.years()[-1]))
    span = last if first == last else f"{last} against {first}"
    added = change_as_added(table)
    comparable = change_comparable(table)
    rows = []
    if math.isnan(added.pct):
        note = f"{span}: one year only" if first == last else f"{span}: a year without figures"
        rows.append(_row("change_as_added_pct", math.nan, "percent", "missing", note, lower=-100.0))
    else:
        ends = [forces.total(table[table["year"] == year]) for year in (first, last)]
        low, high = _change_bounds(*ends)
        whole = all(end.complete for end in ends)
        note = (
            f"{span}, all figures as printed: {ends[0].coverage} in {first}, "
            f"{ends[1].reported} of {ends[1].expected} in {last}"
        )
        rows.append(
            _row(
                "change_as_added_pct",
                added.pct,
                "percent",
                "reported" if whole else "partial",
                note,
                lower=low,
                upper=high,
                numerator=added.after,
                denominator=added.before,
            )
        )
    if not comparable.forces:
        note = f"{span}: no force reported both years in full"
        note = f"{span}: one year only" if first == last else note
        rows.append(
            _row("change_comparable_pct", math.nan, "percent", "missing", note, lower=-100.0)
        )
    else:
        ends_of = {"numerator": comparable.after, "denominator": comparable.before}
        note = f"{span}, on the forces that reported both in full: {listed(comparable.forces)}"
        rows.append(
            _row(
                "change_comparable_pct",
                comparable.pct,
                "percent",
                "reported",
                note,
                **_exactly(comparable.pct),
                **ends_of,
            )
        )
        number, of = len(comparable.forces), len(request.place.forces)
        rows.append(
            _row(
                "forces_comparable",
                number,
                "forces",
                "reported",
                f"{span}: forces that reported both in full, of all forces of the place",
                numerator=number,
                denominator=of,
                **_exactly(number),
            )
        )
        note = "exact 95% Poisson interval of change_comparable_pct: what chance alone could do"
        rows.append(
            _row(
                "change_comparable_interval_pct",
                comparable.pct,
                "percent",
                "reported",
                note,
                lower=comparable.lower,
                upper=comparable.upper,
                **ends_of,
            )
        )
    return [*rows, *_change_published(request, cleaned, first, last)]


def _change_bounds(first: forces.Total, last: forces.Total) -> tuple[float, float]:
    """Return the least and most the change of the whole place can be, in percent."""
    low = -100.0 if math.isnan(first.upper) else percent_change(first.upper, last.lower)
    high = percent_change(first.lower, last.upper)
    return low, high


def _change_published(
    request: Request, cleaned: Cleaned, first: str, last: str
) -> list[dict[str, object]]:
    """Return the change between the place's own printed years, where both are exact."""
    own = printed_totals.printed_totals(cleaned, request.place, request.years).set_index("period")
    own = own[own["status"].isin(EXACT) & own["value"].notna()]
    if first == last or first not in own.index or last not in own.index:
        return []
    before, after = (float(own["value"].loc[year]) for year in (first, last))
    plain = bool((own["status"].loc[[first, last]] == "reported").all())
    pct = percent_change(before, after)
    return [
        _row(
            "change_published_pct",
            pct,
            "percent",
            "reported" if plain else "partial",
            f"{last} against {first}, the place's own printed totals",
            lower=pct if plain else -100.0,
            upper=pct if plain else math.nan,
            numerator=after,
            denominator=before,
        )
    ]


def _victims(request: Request, cleaned: Cleaned) -> list[dict[str, object]]:
    table = printed_victims(cleaned, request.place, request.years)
    own = platform_shares.of_place(table, request.place)
    rows = []
    for measure, name in (("pct_girls", "girls_pct"), ("pct_under_12", "under_12_pct")):
        for cell in rows_of(
            platform_shares.chosen(own[own["measure"] == measure], request.years, "measure")
        ):
            base = "where known; the base is not printed"
            if not math.isnan(cell["base_count"]):
                base = f"of {as_count(cell['base_count'])} where known"
            rows.append(
                _row(
                    name,
                    cell["value"],
                    "percent",
                    cell["status"],
                    f"{period_in_words(cell['period'])}, {base} ({cell['release']})",
                    lower=cell["lower"],
                    upper=cell["upper"],
                    denominator=cell["base_count"],
                )
            )
    return rows


def _platforms(means: Platforms, request: Request, cleaned: Cleaned) -> list[dict[str, object]]:
    own = platform_shares.of_place(
        platform_shares.shares(cleaned, means, request.place, request.years), request.place
    )
    rows = [_means_known(request, cleaned)]
    for cell in rows_of(
        platform_shares.chosen(
            platform_shares.distinct(cleaned, request.place, request.years), request.years, "place"
        )
    ):
        rows.append(
            _row(
                "platforms_named",
                cell["value"],
                "platforms",
                cell["status"],
                f"{period_in_words(cell['period'])}, printed as {cell['printed']} "
                f"({cell['release']})",
                lower=cell["lower"],
                upper=cell["upper"],
            )
        )
    named = own[own["kind"] != "parent"]
    for cell in rows_of(platform_shares.chosen(named, request.years, "subject")):
        shown = cell | {
            "value": cell["share"],
            "lower": cell["share_lower"],
            "upper": cell["share_upper"],
        }
        rows.append(_share_row(f"platform_share_pct:{cell['subject']}", shown, cell["count"]))
    for cell in rows_of(
        platform_shares.chosen(platform_shares.parents(own), request.years, "parent")
    ):
        status = "reported" if cell["value"] == cell["value"] else "approximate"
        row = _share_row(f"parent_share_pct:{cell['parent']}", cell | {"status": status}, math.nan)
        if cell["members"]:
            row["note"] = f"{row['note']}; platforms printed: {listed(cell['members'].split('|'))}"
        rows.append(row)
    return rows


def _means_known(request: Request, cleaned: Cleaned) -> dict[str, object]:
    """Return how much of the offences a platform figure of the place can rest on."""
    name = "means_known_pct"
    own = platform_shares.means_known(cleaned, request.place.keys)
    own = own[within(own, request.years)].assign(name=name)
    if own.empty:
        note = f"no page prints how many offences of {request.title} in these years had known means"
        return _row(name, math.nan, "percent", "missing", note, lower=0.0, upper=100.0)
    cell = rows_of(platform_shares.chosen(own, request.years, "name"))[0]
    note = f"{period_in_words(cell['period'])} ({cell['release']})"
    bases = {"numerator": cell["means_known"], "denominator": cell["offences"]}
    if math.isnan(cell["pct"]):
        note += "; all offences of that period are not printed"
        return _row(name, math.nan, "percent", "missing", note, lower=0.0, upper=100.0, **bases)
    return _row(name, cell["pct"], "percent", "reported", note, **_exactly(cell["pct"]), **bases)


def _share_row(name: str, cell: dict[str, Any], count: float) -> dict[str, object]:
    """Return a share of known means, with the bounds of the share of all offences."""
    value, lower, upper = (float(cell[c]) for c in ("value", "lower", "upper"))
    known, offences = float(cell["means_known"]), float(cell["offences"])
    parts = [period_in_words(str(cell["period"]))]
    if math.isnan(lower):
        parts.append(f"{as_count(count)} offences; how many had known means is not printed")
    else:
        base = "offences with known means"
        base = (
            f"{as_count(known)} {base}"
            if not math.isnan(known)
            else f"{base}, their number not printed"
        )
        parts.append(f"{as_percent(lower, 1)} to {as_percent(upper, 1)} of {base}")
    if math.isnan(offences):
        parts.append("all offences of that period not printed")
    else:
        parts.append(f"lower and upper are of all {as_count(offences)} offences")
    parts.append(f"({cell['release']})")
    return _row(
        name,
        value,
        "percent",
        str(cell["status"]),
        ", ".join(parts[:-1]) + " " + parts[-1],
        lower=cell["of_all_lower"],
        upper=cell["of_all_upper"],
        numerator=count,
        denominator=known,
    )
