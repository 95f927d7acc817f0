"""What a run found, in sentences for a reader: beside charts, on pages, in the README.

Every number in these sentences comes from a table; none is typed.
"""

from __future__ import annotations

import math

import pandas as pd

from offences.analysis.change import Change
from offences.analysis.findings import Findings
from offences.analysis.forces import NOT_PRINTED, Total
from offences.analysis.parameters import Request
from offences.analysis.printed_totals import NO_TOTAL
from offences.reference.periods import period_in_words
from offences.reference.statuses import Status
from offences.tables import rows_of
from offences.text import as_change, as_count, as_interval, as_least, as_percent, listed

SOURCE_LINE = "Source: forces' answers to freedom-of-information requests, as published"


def at_least(total: Total) -> str:
    """Return ``at least 123 offences; 4 of 5 force-years reported, 1 of them in part``."""
    if not total.reported:
        return f"no figures were published; {total.coverage}"
    part = f", {total.partial} of them in part" if total.partial else ""
    number = as_least(total.bounds.lower, exact=total.exact)
    return f"{number} offences; {total.coverage}{part}"


def changes(found: Findings) -> str:
    """Return the change as added up beside the change on comparable forces."""
    added, comparable = found.change_as_added, found.change_comparable
    first, last = found.first_year, found.last_year
    if not added.counted:
        why = f"no figure was printed for {first} or for {last}"
        why = "it is one year only" if first == last else why
        return f"No change can be stated: {why}."
    said = (
        f"Added up as printed, offences went from {as_count(added.before)} in {first} to "
        f"{as_count(added.after)} in {last}{_percentage(added)}."
    )
    if not comparable.forces:
        return f"{said} No force reported both years in full, so nothing can be compared."
    same = (
        f"On the forces that reported both years in full ({listed(comparable.forces)}) they went "
        f"from {as_count(comparable.before)} to {as_count(comparable.after)}"
        f"{_percentage(comparable)}."
    )
    both = added.known and comparable.known
    if both and (added.pct < 0) != (comparable.pct < 0):
        same += " The two differ in sign: the first compares different forces."
    return f"{said} {same}"


def _percentage(held: Change) -> str:
    """Return a change in brackets with its interval, nothing for a change from none."""
    if not held.known:
        return ""
    interval = f"; 95% interval {held.interval_in_words}" if held.interval else ""
    return f" ({as_change(held.pct)}{interval})"


def summary(request: Request, found: Findings) -> str:
    """Return the total of a place with its coverage, and the force-years that are not plain."""
    return f"{request.title}: {at_least(found.total)}. {gaps(found.force_years)}"


def gaps(table: pd.DataFrame) -> str:
    """Return which force-years are missing, partial, disputed or otherwise not plain figures."""
    lines = []
    for status, said in (
        (Status.PARTIAL, "Partial"),
        (Status.DISPUTED, "Disputed"),
        (Status.APPROXIMATE, "Rounded wording only"),
        (Status.SUPPRESSED, "Suppressed"),
        (Status.REFUSED, "Refused"),
        (Status.NOT_HELD, "Not held"),
    ):
        rows = table[table["status"] == status]
        if len(rows):
            lines.append(f"{said}: {_force_years(rows)}.")
    missing = table[table["status"] == Status.MISSING]
    printed = missing[missing["note"] != NOT_PRINTED]
    if len(printed):
        lines.append(f"Printed as not available or left blank: {_force_years(printed)}.")
    silent = len(missing) - len(printed)
    if silent:
        lines.append(f"No page prints a figure for {silent} of {len(table)} force-years.")
    return " ".join(lines) or "Every force-year was reported in full."


def _force_years(rows: pd.DataFrame) -> str:
    by_force = rows.groupby("force", sort=False)["year"].agg(list)
    return listed([f"{force} {listed(years)}" for force, years in by_force.items()])


def per_force(request: Request, found: Findings) -> str:
    """Return which figures differ between releases, and how many force-years have none."""
    table, revised = found.force_years, found.revised
    none = int((table["status"] == Status.MISSING).sum())
    said = f"{request.title}: {none} of {len(table)} force-years have no figure."
    if revised.empty:
        return f"{said} No exact figure of a year differs between releases."
    cells = []
    for (place, when), rows in revised.groupby(["place", "period"], sort=False):
        values = [f"{as_count(r['value'])} ({r['release']})" for r in rows_of(rows)]
        cells.append(
            f"{place} {period_in_words(str(when))}: {' then '.join(dict.fromkeys(values))}"
        )
    return f"{said} Figures that differ between releases: {'; '.join(cells)}."


def beside_sum(found: Findings) -> str:
    """Return where printed totals and the sum of the forces differ, and whether that is a gap."""
    lines = []
    own = found.printed_total
    if not math.isnan(own.value):
        lines.append(f"{found.years.in_words()}: {as_count(own.value)}, {own.how.rstrip('.')}")
    table = found.beside_sum
    printed = table[table["published_status"] != NO_TOTAL]
    if printed.empty:
        lines.append("No page prints a total of its own for any of these years")
    for row in rows_of(printed):
        if math.isnan(row["published"]):
            lines.append(
                f"{row['year']}: printed, but not as one number: {row['published_status']}"
            )
            continue
        full = row["reported"] == row["expected"] and not row["partial"]
        if not row["difference"]:
            lines.append(
                f"{row['year']}: {as_count(row['published'])} printed, and the forces add to it"
            )
        else:
            why = (
                "a contradiction, as every force reported"
                if full
                else "forces are missing or partial"
            )
            lines.append(
                f"{row['year']}: {as_count(row['published'])} printed, forces add to "
                f"{as_count(row['sum_of_forces'])} from {row['reported']} of "
                f"{row['expected']} ({why})"
            )
    return f"{'. '.join(lines)}."


def shares(request: Request, table: pd.DataFrame) -> str:
    """Return each share with its base, its coverage and its bounds over all offences."""
    if table.empty:
        return f"No shares by platform were published for {request.title} in these years."
    lines = []
    for row in rows_of(table.drop_duplicates(["period", "subject"], keep="last")):
        name = f"{str(row['subject']).replace('+', ' + ')}, {period_in_words(row['period'])}"
        if math.isnan(row["share_lower"]):
            lines.append(f"{name}: {row['printed']} offences, base not printed")
            continue
        said = as_percent(row["share"])
        if row["status"] == Status.DISPUTED:
            said = f"disputed, {as_interval(row['share_lower'], row['share_upper'])}"
        elif row["status"] == Status.APPROXIMATE:
            said = f"printed as {row['printed']},"
        base = "offences whose means is known, their number not printed"
        if not math.isnan(row["means_known"]):
            base = f"{as_count(row['means_known'])} offences whose means is known"
        rest = ""
        if not math.isnan(row["known_pct"]):
            rest = (
                f", which are {as_percent(row['known_pct'])} of {as_count(row['offences'])}; "
                f"of all offences {as_interval(row['of_all_lower'], row['of_all_upper'])}"
            )
        lines.append(f"{name}: {said} of {base}{rest}")
    return f"{'. '.join(lines)}."


def means_known(table: pd.DataFrame) -> str:
    """Return how many offences had a known means, release by release."""
    rows = table[table["pct"].notna()]
    if rows.empty:
        return "No release known by then prints how many offences had known means."
    return " ".join(
        f"{r['place']}, {period_in_words(r['period'])}: {as_count(r['means_known'])} of "
        f"{as_count(r['offences'])} offences ({as_percent(r['pct'])}; {r['release']})."
        for r in rows_of(rows)
    )
