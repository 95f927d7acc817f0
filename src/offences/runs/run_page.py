"""The page of a run: self-contained HTML, made from the run's own files.

The page is a view: it holds nothing that the run's tables do not, and is not part of the run. So
it can say who has signed, which happens after the run was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from offences.analysis.headline import CHANGE_NUMBERS
from offences.analysis.parameters import Request, checked
from offences.project import Project
from offences.reference.periods import period_in_words
from offences.reference.statuses import Status
from offences.runs import signatures
from offences.runs.pages import (
    TEMPLATES,
    ShownChart,
    shown_cell,
    shown_chart,
    words_on_one_line,
)
from offences.runs.run_folder import MANIFEST, PAGE, RunFolder
from offences.tables import rows_of
from offences.text import upper_first

_FEW_FORCES = 12


@dataclass(frozen=True)
class ShownTable:
    """A table on the page, every cell as it is shown."""

    caption: str
    file: str
    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Section:
    """A section of the page."""

    heading: str
    text: str = ""
    charts: list[ShownChart] = field(default_factory=list)
    tables: list[ShownTable] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The anchor."""
        return re.sub(r"\W+", "-", self.heading.casefold()).strip("-")


def render(project: Project, request: Request, run: RunFolder) -> str:
    """Return the page of a run as HTML that loads nothing."""
    page = _RunPage(project, run)
    return TEMPLATES.get_template("run.html").render(
        title=request.title,
        years=request.years.in_words(),
        known=f"As of: {request.known_in_words}",
        policy=request.policy.in_words(),
        version=run.manifest.version,
        answers=page.answers(),
        sections=list(page.sections()),
    )


def write(project: Project, request: Request, run: RunFolder) -> Path:
    """Write the page of a run beside its figures, and return it."""
    path = run.path / PAGE
    path.write_text(render(project, request, run), encoding="utf-8")
    return path


def write_again(project: Project, run: RunFolder) -> Path:
    """Write the page of a run anew, after somebody signed, and return it."""
    return write(project, checked(project, None, **run.manifest.parameters), run)


class _RunPage:
    """The files of a run, as its page shows them."""

    def __init__(self, project: Project, run: RunFolder) -> None:
        self._project = project
        self._run = run

    def answers(self) -> list[tuple[str, str]]:
        """Return what a reader asks first, each with the answer of this run."""
        years = self._run.table_as_text("force_by_year")
        gaps = years[years["status"] == Status.MISSING]
        missing = [f"{force} {', '.join(rows['year'])}" for force, rows in gaps.groupby("force")]
        absent = f"{len(gaps)} of {len(years)}"
        if not missing:
            absent = "None."
        elif len(missing) > _FEW_FORCES:
            absent += f", in {len(missing)} forces; see Coverage."
        else:
            absent += f": {'; '.join(missing)}."
        return [
            ("How many offences, at least?", self._words("force_by_year")),
            ("Which force-years are missing?", absent),
            ("Did it rise or fall, and on which forces?", self._words("change")),
            ("Through which platforms, and out of how many known?", self._words("platform_shares")),
            ("Who signed?", self._signed()),
        ]

    def sections(self) -> Iterable[Section]:
        """Yield the sections, coverage and caveats first."""
        doubts = ["place", "period", "effect", "text", "source"]
        pages = ["source", "publisher", "published_on", "figures", "url"]
        revised = ["place", "period", "release", "released", "value"]
        yield Section(
            "Coverage",
            "Each force in each year: what was printed, and which forces are absent and why.",
            [self._chart("force_by_year")],
            [self._wide(), self._shown("known_issues", "Known doubts", doubts)],
        )
        yield Section(
            "Headline numbers",
            "Lower and upper are bounds; an empty upper is open. For a platform or company, value "
            "is of offences with known means, the bounds of all offences.",
            [],
            [self._headline()],
        )
        yield Section("Change", "", [self._chart("change")])
        yield Section(
            "Platforms",
            "Shares are of the offences whose means of communication was recorded.",
            [self._chart("platform_shares"), self._chart("means_known")],
        )
        if self._run.has("claims"):
            stated = ["published", "publisher", "says", "verdict", "on_the_day", "sentence"]
            yield Section(
                "Public statements",
                "",
                [self._chart("claims")],
                [self._shown("claims", "Each statement, checked", stated)],
            )
        yield Section(
            "Revisions and printed totals",
            "",
            [self._chart("per_force"), self._chart("published_beside_sum")],
            [self._shown("revisions", "Figures that differ between releases", revised)],
        )
        asked = [self._shown("questions", "To the forces", ["to", "year", "question"])]
        yield Section("Questions to send back", "", [], asked)
        yield Section(
            "Provenance",
            f"Python {self._run.manifest.python}; "
            + ", ".join(f"{n} {v}" for n, v in self._run.manifest.packages.items())
            + f". Every file and its SHA-256 stands in {MANIFEST}.",
            [],
            [
                self._parameters(),
                self._shown("sources", "Pages the figures were read from", pages),
                self._inputs(),
            ],
        )

    def _signed(self) -> str:
        state = signatures.state(self._project, self._run)
        return upper_first(state)

    def _words(self, chart: str) -> str:
        return words_on_one_line(self._run, chart)

    def _chart(self, name: str) -> ShownChart:
        return shown_chart(self._run, name)

    def _shown(self, name: str, caption: str, columns: list[str]) -> ShownTable:
        table = self._run.table_as_text(name)
        heads = [column.replace("_", " ") for column in columns]
        rows = [[_shown(column, row[column]) for column in columns] for row in rows_of(table)]
        if not rows:
            return ShownTable(f"{caption}: none.", f"{name}.csv", heads[:1], [["none"]])
        return ShownTable(f"{caption}.", f"{name}.csv", heads, rows)

    def _wide(self) -> ShownTable:
        """Return forces by years, each cell with its status where it is not plainly reported."""
        table = self._run.table_as_text("force_by_year")
        years = list(dict.fromkeys(table["year"]))
        rows = []
        for force, own in table.groupby("force", sort=False):
            cells = {row["year"]: _force_year(row) for row in rows_of(own)}
            rows.append([str(force), *(cells[year] for year in years)])
        return ShownTable(
            "Offences by force and year.", "force_by_year.csv", ["force", *years], rows
        )

    def _headline(self) -> ShownTable:
        rows = []
        for row in rows_of(self._run.table_as_text("headline")):
            n_of_m = f"{shown_cell(row['numerator'])} of {shown_cell(row['denominator'])}"
            shown = [shown_cell(row[c]) for c in ("value", "lower", "upper")]
            unknown = "base not printed" if row["unit"] == "percent" else "\u2013"
            base = n_of_m if row["denominator"] else unknown
            if row["name"] in CHANGE_NUMBERS and row["denominator"]:
                base = f"{shown_cell(row['denominator'])} to {shown_cell(row['numerator'])}"
            name = row["name"].replace("_", " ").replace(" pct", ", percent").replace(":", ": ")
            rows.append([name, *shown, base, row["unit"], row["status"], row["note"]])
        heads = ["name", "value", "lower", "upper", "n of m", "unit", "status", "note"]
        return ShownTable("Headline numbers.", "headline.csv", heads, rows)

    def _parameters(self) -> ShownTable:
        rows = [[name, value] for name, value in self._run.manifest.parameters.items()]
        return ShownTable("Parameters.", MANIFEST, ["parameter", "value"], rows)

    def _inputs(self) -> ShownTable:
        rows = [[name, digest[:12]] for name, digest in self._run.manifest.inputs.items()]
        heads = ["file", "SHA-256, first 12"]
        return ShownTable("Data, code and notebooks that went in.", MANIFEST, heads, rows)


def _force_year(row: dict[str, str]) -> str:
    if row["status"] == Status.MISSING:
        return "n/a (missing)" if row["printed"] else "not printed (missing)"
    value = shown_cell(row["value"])
    return value if row["status"] == Status.REPORTED else f"{value} ({row['status']})"


def _shown(column: str, text: str) -> str:
    return period_in_words(text) if column == "period" and text else shown_cell(text)
