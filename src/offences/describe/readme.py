"""What the README says of the figures: made from them, so that no number there is typed."""

from __future__ import annotations

import math
from pathlib import Path

from offences.analysis import sentences
from offences.analysis.findings import Findings
from offences.analysis.parameters import Request, checked
from offences.claims.ledger import about, summary_of, tables
from offences.claims.statements import read_claims
from offences.describe.datapackage import between
from offences.project import Project
from offences.reference.statuses import Status
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
    known = clean(project, loaded, None)
    wales, uk = (checked(project, loaded, region=region) for region in ("Wales", "UK"))
    year = checked(project, loaded, region="UK", years=_SHARES)
    of_wales, of_uk, of_year = (Findings(known, r.place, r.years) for r in (wales, uk, year))
    own, total = of_wales.printed_total, of_uk.total
    shares = of_year.own_shares
    named = shares[shares["status"] == Status.REPORTED].sort_values("share", ascending=False)
    summary = sentences.summary(wales, of_wales)
    lines = [f"- **{summary}**"]
    if not math.isnan(own.value):
        lines.append(f"- The total published for Wales: {as_count(own.value)}, {own.how}.")
    lines += [
        f"- {sentences.changes(of_wales)}",
        f"- UK, {uk.years.in_words()}: the yearly totals as printed add to "
        f"{as_count(of_uk.printed_total.value)}. The pages read print figures of single forces for "
        f"{total.reported} of {total.expected} force-years only.",
        f"- {sentences.shares(year, named.head(1))}",
        *(f"- {_claims(project, loaded, known, request)}." for request in (wales, uk)),
    ]
    kept = renewed(project)
    if kept:
        picture = project.relative(kept[0] / "force_by_year.png")
        lines = [f"![{summary}]({picture})", "", *lines]
        links = [f"[{folder.parent.name}]({project.relative(folder)}/)" for folder in kept]
        lines += ["", f"Runs kept in the repository: {listed(links)}."]
    return "\n".join(lines)


def _claims(project: Project, loaded: Loaded, known: Cleaned, request: Request) -> str:
    """Return how many statements about a place are in the ledger, and their verdicts."""
    ours = about(read_claims(project, loaded), request.place, None)
    table, _, _ = tables(ours, known, lambda _: known)
    return summary_of(request, table)
