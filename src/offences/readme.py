"""What the README says of the figures: made from them, so that no number there is typed."""

from __future__ import annotations

import math
from pathlib import Path

from offences import claim_charts, forces, platforms, published, words
from offences.claims import read_claims
from offences.clean import Cleaned, clean
from offences.ledger import about, tables
from offences.load import Loaded, load
from offences.marked import between
from offences.means import Means
from offences.parameters import Request, checked
from offences.project import Project
from offences.runs import renewed

BEGIN, END = "<!-- results: begin, made by make describe -->", "<!-- results: end -->"
_SHARES = "2023/24"
"""The year whose platform shares the README shows: the newest for which pages print their base."""


def written(project: Project) -> dict[Path, str]:
    """Return the text of ``README.md`` with its results as they are now, by path."""
    path = project.root / "README.md"
    return {path: between(project, path, BEGIN, END, results(project))}


def results(project: Project) -> str:
    """Return the results the README shows, in Markdown: Wales, the UK, platforms."""
    loaded = load(project)
    wales, uk = (checked(project, loaded, region=region) for region in ("Wales", "UK"))
    cleaned = clean(project, loaded, None)
    table = forces.force_years(cleaned, wales.place, wales.years)
    total = forces.total(table)
    own = published.published_total(cleaned, wales.place, wales.years)
    added, same = forces.change_as_added(table), forces.change_comparable(table)
    uk_own = published.published_total(cleaned, uk.place, uk.years)
    uk_total = forces.total(forces.force_years(cleaned, uk.place, uk.years))
    year = checked(project, loaded, region="UK", years=_SHARES)
    shares = platforms.shares(cleaned, Means.read(project), uk.place, year.years)
    named = shares[shares["status"] == "reported"].sort_values("share", ascending=False)
    most = words.shares(year, platforms.of_place(named, uk.place).head(1))
    lines = [
        f"- **{words.summary(wales, total, table)}**",
        f"- {words.changes(added, same, wales.years)}",
    ]
    if not math.isnan(own.value):
        lines.insert(1, f"- The total published for Wales: {words.count(own.value)}, {own.how}.")
    lines += [
        f"- UK, {uk.years.in_words()}: the yearly totals as printed add to "
        f"{words.count(uk_own.value)}. The pages read print figures of single forces for "
        f"{uk_total.reported} of {uk_total.expected} force-years only.",
        f"- {most}",
        *(f"- {_claims(project, loaded, cleaned, request)}." for request in (wales, uk)),
    ]
    kept = renewed(project)
    if kept:
        said = words.summary(wales, total, table)
        picture = project.relative(kept[0] / "force_by_year.png")
        lines = [f"![{said}]({picture})", "", *lines]
        links = [f"[{folder.parent.name}]({project.relative(folder)}/)" for folder in kept]
        lines += ["", f"Runs kept in the repository: {words.join(links)}."]
    return "\n".join(lines)


def _claims(project: Project, loaded: Loaded, cleaned: Cleaned, request: Request) -> str:
    """Return how many statements about a place are in the ledger, and their verdicts."""
    ours = about(read_claims(project, loaded), request.place, None)
    table, _, _ = tables(ours, cleaned, Means.read(project), lambda _: cleaned)
    return claim_charts.title(request, table)
