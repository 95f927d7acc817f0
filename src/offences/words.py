"""Numbers and findings as a reader sees them: one form for each, on charts, in words and tables.

Every number in these sentences comes from a table; none is typed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from offences.forces import NOT_PRINTED, Change, Total
from offences.parameters import Request
from offences.periods import Period
from offences.published import Published
from offences.tables import records

SOURCE_LINE = "Source: forces' answers to freedom-of-information requests, as published"
OPEN_END = "open"


def count(number: float) -> str:
    """Return ``1,234``; a dash where there is no number."""
    return "\u2013" if math.isnan(number) else f"{number:,.0f}"


def several(number: int, noun: str) -> str:
    """Return ``1 force`` or ``4 forces``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def percent(number: float, digits: int = 0) -> str:
    """Return ``26%``; a dash where there is no number."""
    return "\u2013" if math.isnan(number) else f"{number:.{digits}f}%"


def change(pct: float) -> str:
    """Return ``+64%`` or ``-31%``, or that there is none to state."""
    return "not known" if math.isnan(pct) else f"{pct:+.0f}%"


def interval(lower: float, upper: float) -> str:
    """Return ``12% to 87%``."""
    return f"{percent(lower)} to {percent(upper)}"


def join(names: Sequence[str]) -> str:
    """Return ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def period(text: str) -> str:
    """Return a period of the tables in words."""
    return Period.parse(text).in_words()


def at_least(total: Total) -> str:
    """Return ``at least 123 offences; 4 of 5 force-years reported, 1 of them in part``."""
    if not total.reported:
        return f"no figures were published; {total.coverage}"
    floor = "" if total.complete and total.lower == total.upper else "at least "
    part = f", {total.partial} of them in part" if total.partial else ""
    return f"{floor}{count(total.lower)} offences; {total.coverage}{part}"


def subtitle(request: Request, total: Total) -> str:
    """Return the line under a chart's title: n of m, and as of when."""
    return f"{total.coverage}; as of {as_of(request)}"


def as_of(request: Request) -> str:
    """Return which releases a run knows."""
    return request.known


def changes(added: Change, comparable: Change, span: Period) -> str:
    """Return the change as added up beside the change on comparable forces."""
    years = span.years()
    first, last = str(years[0]), str(years[-1])
    if math.isnan(added.pct):
        why = f"no figure was printed for {first} or for {last}"
        why = "it is one year only" if first == last else why
        return f"No change can be stated: {why}."
    said = (
        f"Added up as printed, offences went from {count(added.before)} in {first} to "
        f"{count(added.after)} in {last} ({change(added.pct)})."
    )
    if not comparable.forces:
        return f"{said} No force reported both years in full, so nothing can be compared."
    same = (
        f"On the forces that reported both years in full ({join(comparable.forces)}) they went "
        f"from {count(comparable.before)} to {count(comparable.after)} ({change(comparable.pct)}; "
        f"95% interval {change(comparable.lower)} to {change(comparable.upper)})."
    )
    if (added.pct < 0) != (comparable.pct < 0):
        same += " The two differ in sign: the first compares different forces."
    return f"{said} {same}"


def summary(request: Request, total: Total, table: pd.DataFrame) -> str:
    """Return the total of a place with its coverage, and the force-years that are not plain."""
    return f"{request.title}: {at_least(total)}. {force_table(table)}"


def force_table(table: pd.DataFrame) -> str:
    """Return which force-years are missing, partial, disputed or otherwise not plain figures."""
    lines = []
    for status, said in (
        ("partial", "Partial"),
        ("disputed", "Disputed"),
        ("approximate", "Rounded wording only"),
        ("suppressed", "Suppressed"),
        ("refused", "Refused"),
        ("not_held", "Not held"),
    ):
        rows = table[table["status"] == status]
        if len(rows):
            lines.append(f"{said}: {_force_years(rows)}.")
    missing = table[table["status"] == "missing"]
    printed = missing[missing["note"] != NOT_PRINTED]
    if len(printed):
        lines.append(f"Printed as not available or left blank: {_force_years(printed)}.")
    silent = len(missing) - len(printed)
    if silent:
        lines.append(f"No page prints a figure for {silent} of {len(table)} force-years.")
    return " ".join(lines) or "Every force-year was reported in full."


def _force_years(rows: pd.DataFrame) -> str:
    by_force = rows.groupby("force", sort=False)["year"].agg(list)
    return join([f"{force} {join(years)}" for force, years in by_force.items()])


def per_force(request: Request, table: pd.DataFrame, revised: pd.DataFrame) -> str:
    """Return which figures differ between releases, and how many force-years have none."""
    none = int((table["status"] == "missing").sum())
    said = f"{request.title}: {none} of {len(table)} force-years have no figure."
    if revised.empty:
        return f"{said} No exact figure of a year differs between releases."
    cells = []
    for (place, when), rows in revised.groupby(["place", "period"], sort=False):
        values = [f"{count(r['value'])} ({r['release']})" for r in records(rows)]
        cells.append(f"{place} {period(str(when))}: {' then '.join(dict.fromkeys(values))}")
    return f"{said} Figures that differ between releases: {'; '.join(cells)}."


def beside(table: pd.DataFrame, own: Published, span: Period) -> str:
    """Return where printed totals and the sum of the forces differ, and whether that is a gap."""
    lines = []
    if not math.isnan(own.value):
        lines.append(f"{span.in_words()}: {count(own.value)}, {own.how.rstrip('.')}")
    printed = table[table["published"].notna()]
    if printed.empty:
        lines.append("No page prints a total of its own for any of these years")
    for row in records(printed):
        full = row["reported"] == row["expected"] and not row["partial"]
        if not row["difference"]:
            lines.append(
                f"{row['year']}: {count(row['published'])} printed, and the forces add to it"
            )
        else:
            why = (
                "a contradiction, as every force reported"
                if full
                else "forces are missing or partial"
            )
            lines.append(
                f"{row['year']}: {count(row['published'])} printed, forces add to "
                f"{count(row['sum_of_forces'])} from {row['reported']} of {row['expected']} ({why})"
            )
    return f"{'. '.join(lines)}."


def shares(request: Request, table: pd.DataFrame) -> str:
    """Return each share with its base, its coverage and its bounds over all offences."""
    if table.empty:
        return f"No shares by platform were published for {request.title} in these years."
    lines = []
    for row in records(table.drop_duplicates(["period", "subject"], keep="last")):
        name = f"{str(row['subject']).replace('+', ' + ')}, {period(row['period'])}"
        if math.isnan(row["share_lower"]):
            lines.append(f"{name}: {row['printed']} offences, base not printed")
            continue
        said = percent(row["share"])
        if row["status"] == "disputed":
            said = f"disputed, {interval(row['share_lower'], row['share_upper'])}"
        elif row["status"] == "approximate":
            said = f"printed as {row['printed']},"
        base = "offences whose means is known, their number not printed"
        if not math.isnan(row["means_known"]):
            base = f"{count(row['means_known'])} offences whose means is known"
        rest = ""
        if not math.isnan(row["known_pct"]):
            rest = (
                f", which are {percent(row['known_pct'])} of {count(row['offences'])}; "
                f"of all offences {interval(row['of_all_lower'], row['of_all_upper'])}"
            )
        lines.append(f"{name}: {said} of {base}{rest}")
    return f"{'. '.join(lines)}."


def means(table: pd.DataFrame) -> str:
    """Return how many offences had a known means, release by release."""
    rows = table[table["pct"].notna()]
    if rows.empty:
        return "No release known by then prints how many offences had known means."
    return " ".join(
        f"{r['place']}, {period(r['period'])}: {count(r['means_known'])} of {count(r['offences'])} "
        f"offences ({percent(r['pct'])}; {r['release']})."
        for r in records(rows)
    )
