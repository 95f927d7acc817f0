"""What the README says of the figures: made from them, so that no number there is typed."""

from __future__ import annotations

import math
from pathlib import Path

from offences.analysis import forces, platform_shares, printed_totals, sentences
from offences.analysis.change import change_as_added, change_comparable
from offences.analysis.parameters import Request, checked
from offences.charts import claim_charts
from offences.claims.ledger import about, tables
from offences.claims.statements import read_claims
from offences.describe.datapackage import between
from offences.project import Project
from offences.reference.platforms import Platforms
from offences.releases.clean import Cleaned, clean
from offences.releases.load import Loaded, load
from offences.runs.store import renewed
from offences.text import as_count, listed

RESULTS_BEGIN = "<!-- results: begin, made by make describe -->"
RESULTS_END = "<!-- results: end -->"
_SHARES = "2023/24"
"""The year whose platform shares the README shows: the newest for which pages print their base."""


def written(project: Project) -> dict[Path, str]:
    """Return the text of ``README.md`` with its results as they are now, by path."""
    path = project.root / "README.md"
    return {path: between(project, path, RESULTS_BEGIN, RESULTS_END, results(project))}


def results(project: Project) -> str:
    """Return the results the README shows, in Markdown: Wales, the UK, platforms."""
    loaded = load(project)
    wales, uk = (checked(project, loaded, region=region) for region in ("Wales", "UK"))
    cleaned = clean(project, loaded, None)
    table = forces.force_years(cleaned, wales.place, wales.years)
    total = forces.total(table)
    own = printed_totals.published_total(cleaned, wales.place, wales.years)
    added, same = change_as_added(table), change_comparable(table)
    uk_own = printed_totals.published_total(cleaned, uk.place, uk.years)
    uk_total = forces.total(forces.force_years(cleaned, uk.place, uk.years))
    year = checked(project, loaded, region="UK", years=_SHARES)
    shares = platform_shares.shares(cleaned, Platforms.read(project), uk.place, year.years)
    named = shares[shares["status"] == "reported"].sort_values("share", ascending=False)
    most = sentences.shares(year, platform_shares.of_place(named, uk.place).head(1))
    lines = [
        f"- **{sentences.summary(wales, total, table)}**",
        f"- {sentences.changes(added, same, wales.years)}",
    ]
    if not math.isnan(own.value):
        lines.insert(1, f"- The total published for Wales: {as_count(own.value)}, {own.how}.")
    lines += [
        f"- UK, {uk.years.in_words()}: the yearly totals as printed add to "
        f"{as_count(uk_own.value)}. The pages read print figures of single forces for "
        f"{uk_total.reported} of {uk_total.expected} force-years only.",
        f"- {most}",
        *(f"- {_claims(project, loaded, cleaned, request)}." for request in (wales, uk)),
    ]
    kept = renewed(project)
    if kept:
        said = sentences.summary(wales, total, table)
        picture = project.relative(kept[0] / "force_by_year.png")
        lines = [f"![{said}]({picture})", "", *lines]
        links = [f"[{folder.parent.name}]({project.relative(folder)}/)" for folder in kept]
        lines += ["", f"Runs kept in the repository: {listed(links)}."]
    return "\n".join(lines)


def _claims(project: Project, loaded: Loaded, cleaned: Cleaned, request: Request) -> str:
    """Return how many statements about a place are in the ledger, and their verdicts."""
    ours = about(read_claims(project, loaded), request.place, None)
    table, _, _ = tables(ours, cleaned, Platforms.read(project), lambda _: cleaned)
    return claim_charts.title(request, table)
