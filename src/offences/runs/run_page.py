"""The run's page and the page of all runs: self-contained HTML, made from the runs' own files.

A page is a view: it holds nothing that the run's tables do not, and is not part of the run. So it
can say who has signed, which happens after the run was made.
"""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from PIL import Image

from offences.analysis.parameters import NSPCC, Request, checked
from offences.project import Project
from offences.reference.periods import period_in_words
from offences.reference.places import Places
from offences.runs import signatures
from offences.runs.store import MANIFEST, POINTER
from offences.tables import rows_of

PAGE = "index.html"
_FEW = 12
_TITLE = re.compile(r"<dc:title>(.*?)</dc:title>", re.DOTALL)
PAGES = Environment(
    loader=PackageLoader("offences"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, keep_trailing_newline=True,
)  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """A chart on the page: its finding, the picture as WebP in base64, and its words."""

    name: str
    title: str
    picture: str
    words: str


@dataclass(frozen=True)
class Table:
    """A table on the page, every cell as it is shown."""

    caption: str
    file: str
    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Part:
    """A section of the page."""

    heading: str
    said: str = ""
    charts: list[Chart] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The anchor."""
        return re.sub(r"\W+", "-", self.heading.casefold()).strip("-")


def render(project: Project, request: Request, folder: Path) -> str:
    """Return the page of a run as HTML that loads nothing.

    Parameters
    ----------
    folder
        A run with its manifest.
    """
    run = _Run(project, request, folder)
    return PAGES.get_template("run.html").render(
        title=request.title,
        years=request.years.in_words(),
        known=f"As of: {request.known}",
        policy=request.policy.in_words(),
        version=run.manifest["version"],
        answers=run.answers(),
        parts=list(run.parts()),
    )


def write(project: Project, request: Request, folder: Path) -> Path:
    """Write the page of a run beside its figures, and return it."""
    path = folder / PAGE
    path.write_text(render(project, request, folder), encoding="utf-8")
    return path


class _Run:
    """The files of a run, as its page shows them."""

    def __init__(self, project: Project, request: Request, folder: Path) -> None:
        self._project = project
        self._request = request
        self._folder = folder

    @cached_property
    def manifest(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self._folder / MANIFEST).read_text(encoding="utf-8"))
        return content

    def answers(self) -> list[tuple[str, str]]:
        """Return what a reader asks first, each with the answer of this run."""
        years = self._table("force_by_year")
        gaps = years[years["status"] == "missing"]
        missing = [f"{force} {', '.join(rows['year'])}" for force, rows in gaps.groupby("force")]
        said = f"{len(gaps)} of {len(years)}"
        if len(missing) > _FEW:
            said += f", in {len(missing)} forces; see Coverage."
        elif missing:
            said += f": {'; '.join(missing)}."
        else:
            said = "None."
        return [
            ("How many offences, at least?", self._words("force_by_year")),
            ("Which force-years are missing?", said),
            ("Did it rise or fall, and on which forces?", self._words("change")),
            ("Through which platforms, and out of how many known?", self._words("platform_shares")),
            ("Who signed?", self._signed()),
        ]

    def parts(self) -> Iterable[Part]:
        """Yield the sections, coverage and caveats first."""
        doubts = ["place", "period", "effect", "text", "source"]
        pages = ["source", "publisher", "published_on", "figures", "url"]
        revised = ["place", "period", "release", "released", "value"]
        yield Part(
            "Coverage",
            "Each force in each year: what was printed, and which forces are absent and why.",
            [self._chart("force_by_year")],
            [self._wide(), self._shown("known_issues", "Known doubts", doubts)],
        )
        yield Part("Headline numbers", "Lower and upper are bounds; an empty upper is open. For a "
                   "platform or company, value is of offences with known means, the bounds of all "
                   "offences.", [], [self._headline()])  # fmt: skip
        yield Part("Change", "", [self._chart("change")])
        yield Part(
            "Platforms",
            "Shares are of the offences whose means of communication was recorded.",
            [self._chart("platform_shares"), self._chart("means_known")],
        )
        if self._has("claims"):
            stated = ["published", "publisher", "says", "verdict", "on_the_day", "sentence"]
            yield Part(
                "Public statements",
                "",
                [self._chart("claims")],
                [self._shown("claims", "Each statement, checked", stated)],
            )
        yield Part(
            "Revisions and printed totals",
            "",
            [self._chart("per_force"), self._chart("published_beside_sum")],
            [self._shown("revisions", "Figures that differ between releases", revised)],
        )
        asked = [self._shown("questions", "To the forces", ["to", "year", "question"])]
        yield Part("Questions to send back", "", [], asked)
        yield Part(
            "Provenance",
            f"Python {self.manifest['python']}; "
            + ", ".join(f"{n} {v}" for n, v in self.manifest["packages"].items())
            + f". Every file and its SHA-256 stands in {MANIFEST}.",
            [],
            [
                self._parameters(),
                self._shown("sources", "Pages the figures were read from", pages),
                self._inputs(),
            ],
        )

    def _signed(self) -> str:
        said = signatures.state(self._project, self._folder)
        return f"{said[0].upper()}{said[1:]}"

    def _has(self, name: str) -> bool:
        return (self._folder / f"{name}.csv").is_file()

    def _table(self, name: str) -> pd.DataFrame:
        return pd.read_csv(self._folder / f"{name}.csv", dtype=str, keep_default_na=False)

    def _words(self, name: str) -> str:
        return _words(self._folder, name)

    def _chart(self, name: str) -> Chart:
        return chart(self._folder, name)

    def _shown(self, name: str, caption: str, columns: list[str]) -> Table:
        table = self._table(name)
        heads = [column.replace("_", " ") for column in columns]
        rows = [[_shown(column, row[column]) for column in columns] for row in rows_of(table)]
        if not rows:
            return Table(f"{caption}: none.", f"{name}.csv", heads[:1], [["none"]])
        return Table(f"{caption}.", f"{name}.csv", heads, rows)

    def _wide(self) -> Table:
        """Return forces by years, each cell with its status where it is not plainly reported."""
        table = self._table("force_by_year")
        years = list(dict.fromkeys(table["year"]))
        rows = []
        for force, own in table.groupby("force", sort=False):
            cells = {row["year"]: _force_year(row) for row in rows_of(own)}
            rows.append([str(force), *(cells[year] for year in years)])
        return Table("Offences by force and year.", "force_by_year.csv", ["force", *years], rows)

    def _headline(self) -> Table:
        rows = []
        for row in rows_of(self._table("headline")):
            n_of_m = f"{_cell(row['numerator'])} of {_cell(row['denominator'])}"
            shown = [_cell(row[c]) for c in ("value", "lower", "upper")]
            unknown = "base not printed" if row["unit"] == "percent" else "\u2013"
            base = n_of_m if row["denominator"] else unknown
            if row["name"].startswith("change") and row["denominator"]:
                base = f"{_cell(row['denominator'])} to {_cell(row['numerator'])}"
            name = row["name"].replace("_", " ").replace(" pct", ", percent").replace(":", ": ")
            rows.append([name, *shown, base, row["unit"], row["status"], row["note"]])
        heads = ["name", "value", "lower", "upper", "n of m", "unit", "status", "note"]
        return Table("Headline numbers.", "headline.csv", heads, rows)

    def _parameters(self) -> Table:
        rows = [[name, str(value)] for name, value in self.manifest["parameters"].items()]
        return Table("Parameters.", MANIFEST, ["parameter", "value"], rows)

    def _inputs(self) -> Table:
        rows = [[name, digest[:12]] for name, digest in self.manifest["inputs"].items()]
        heads = ["file", "SHA-256, first 12"]
        return Table("Data, code and notebooks that went in.", MANIFEST, heads, rows)


def chart(folder: Path, name: str) -> Chart:
    """Return a chart of a run as a page shows it."""
    found = _TITLE.search((folder / f"{name}.svg").read_text(encoding="utf-8"))
    title = found[1].rstrip(".") if found else name
    return Chart(name, title, _small(folder / f"{name}.png"), _words(folder, name))


def _words(folder: Path, name: str) -> str:
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    return " ".join(re.sub(r"(?<=\w)-\n", "-", text).split())


def _small(picture: Path) -> str:
    """Return a picture without loss in a third of its size, as base64."""
    packed = io.BytesIO()
    with Image.open(picture) as opened:
        opened.convert("RGB").save(packed, "WEBP", lossless=True, method=2)
    return base64.b64encode(packed.getvalue()).decode("ascii")


def _force_year(row: dict[str, str]) -> str:
    if row["status"] == "missing":
        return "n/a (missing)" if row["printed"] else "not printed (missing)"
    value = _cell(row["value"])
    return value if row["status"] == "reported" else f"{value} ({row['status']})"


def _shown(column: str, text: str) -> str:
    return period_in_words(text) if column == "period" and text else _cell(text)


def _cell(text: str) -> str:
    """Return a cell of a CSV as a reader sees it: thousands separated, one decimal at most."""
    if re.fullmatch(r"-?\d{4,}|-?\d+\.\d+", text):
        number = float(text)
        return f"{number:,.0f}" if number.is_integer() else f"{number:,.1f}"
    return text


def write_index(project: Project) -> None:
    """Write ``figures/index.html``: the latest run of each place.

    Nations and English regions are listed also when they have no run yet; forces and the
    charity's regions only with one.
    """
    places = Places.read(project)
    known = {places.folder(p): p for s in ("ons", "nspcc") for p in places.runnable(s)}
    rows = [
        _line(
            project, folder, places.typed(place) + (NSPCC if place.kind == "nspcc region" else "")
        )
        for folder, place in known.items()
        if place.kind in ("nation", "ons region") or (project.figures / folder / POINTER).is_file()
    ]
    columns = ["place", "years", "offences reported", "force-years", "signed", "made", "version"]
    page = PAGES.get_template("all_runs.html").render(rows=rows, columns=columns)
    aside = project.figures / f".{PAGE}"
    aside.write_text(page, encoding="utf-8")
    aside.replace(project.figures / PAGE)


def _line(project: Project, folder: str, title: str) -> dict[str, str]:
    pointer = project.figures / folder / POINTER
    line = dict.fromkeys(("years", "offences", "coverage", "signed", "changed", "version"), "")
    run = (
        pointer.parent / pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else None
    )
    if run is None or not (run / MANIFEST).is_file():
        return line | {"place": title, "page": "", "offences": "no run yet"}
    manifest = json.loads((run / MANIFEST).read_text(encoding="utf-8"))
    numbers = pd.read_csv(run / "headline.csv", index_col="name", dtype=str, keep_default_na=False)
    offences, covered = numbers.loc["offences_reported"], numbers.loc["force_years_reported"]
    floor = "" if offences["status"] == "reported" else "at least "
    made = pd.Timestamp((run / MANIFEST).stat().st_mtime, unit="s")
    return line | {
        "place": title,
        "page": f"{folder}/{run.name}/{PAGE}",
        "years": manifest["parameters"]["years"].replace(":", " to "),
        "offences": f"{floor}{_cell(str(offences['value']))}"
        if offences["value"]
        else "none printed",
        "coverage": f"{_cell(str(covered['numerator']))} of {_cell(str(covered['denominator']))}",
        "signed": signatures.state(project, run),
        "changed": made.strftime("%-d %B %Y"),
        "version": manifest["version"],
    }


def rewrite(project: Project, folder: Path) -> Path:
    """Write the page of a run anew, after somebody signed, and return it."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return write(project, checked(project, **manifest["parameters"]), folder)
