"""From raw files to observations: one printed figure a row, understood and traceable."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import pandas as pd

from offences.errors import DataError, did_you_mean, offer
from offences.project import Project
from offences.reference import cells
from offences.reference.measures import PLATFORM_MEASURES, Measure
from offences.reference.periods import Period
from offences.reference.places import PrintedKind
from offences.reference.vocabulary import Vocabulary
from offences.releases.layouts import PrintedCell, printed_cells
from offences.releases.schemas import OBSERVATIONS, check
from offences.releases.sources import Release, assert_as_described, read_releases
from offences.tables import TableRow, Text, read_table, write

UNMATCHED_COLUMNS = ["file", "row", "column", "what", "printed", "suggestions"]


class NameSetAside(TableRow):
    """A printed name that a person decided not to place: one row of ``names_set_aside.csv``."""

    key: ClassVar = ("place_kind", "printed")

    place_kind: PrintedKind
    printed: Text
    why: Text
    decided_on: Text
    source: Text


@dataclass(frozen=True)
class Loaded:
    """What the raw files hold.

    Attributes
    ----------
    vocabulary
        The names that the figures were matched with.
    releases
        The oldest first.
    observations
        See :data:`offences.releases.schemas.OBSERVATIONS`.
    set_aside
        Figures whose place a person has decided not to place, with the reason.
    """

    vocabulary: Vocabulary
    releases: tuple[Release, ...]
    observations: pd.DataFrame
    set_aside: pd.DataFrame

    def observations_by(self, day: datetime.date | None) -> pd.DataFrame:
        """Return the observations of releases published by ``day`` (None: all)."""
        if day is None:
            return self.observations
        return self.observations[self.observations["released"] <= day.isoformat()]

    @cached_property
    def years(self) -> Period:
        """The financial years from the first to the last for which any place has offences."""
        table = self.observations
        periods = [
            Period.parse(p) for p in table.loc[table["measure"] == "offences", "period"].unique()
        ]
        years = [period for period in periods if period.is_year]
        return Period(min(years).first, max(years).last)


def load(project: Project) -> Loaded:
    """Read every release under ``data/raw``.

    Names are matched through the reference tables and never guessed. Those that match nothing
    are listed, with suggestions, in ``data/interim/unmatched.csv`` before the error is raised.

    Raises
    ------
    DataError
        Naming file, row and column of the first thing that is wrong.
    """
    vocabulary = Vocabulary.read(project)
    not_placed: dict[tuple[str, str], str] = {
        (row.place_kind, row.printed): row.why
        for row in read_table(project, project.reference / "names_set_aside.csv", NameSetAside)
    }
    releases = read_releases(project)
    observations: list[dict[str, object]] = []
    set_aside: list[dict[str, object]] = []
    unmatched: list[_Unmatched] = []
    seen: dict[tuple[str, ...], PrintedCell] = {}
    for release in releases:
        for cell in printed_cells(project, release):
            observed = _observe(cell, release, vocabulary.measures)
            if why := not_placed.get((cell.place_kind, cell.place)):
                set_aside.append(observed | {"place": cell.place, "why": why})
                continue
            named = _named(cell, vocabulary)
            if isinstance(named, _Unmatched):
                unmatched.append(named)
                continue
            _refuse_repeat(seen, cell, str(named["place"]), release.name)
            observations.append(observed | named)
    if unmatched:
        _report_unmatched(project, unmatched)
    assert_as_described(project)
    columns = list(OBSERVATIONS.columns)
    table = pd.DataFrame(observations, columns=columns).astype({"lower": float, "upper": float})
    kept = [c for c in (*columns, "why") if c != "place_kind"]
    return Loaded(
        vocabulary,
        tuple(releases),
        check(table, OBSERVATIONS),
        pd.DataFrame(set_aside, columns=kept),
    )


def _observe(
    cell: PrintedCell, release: Release, measures: dict[str, Measure]
) -> dict[str, object]:
    """Return the cell with its period, measure, source and number understood."""

    def fail(column: str, problem: str) -> DataError:
        in_log = cell.column == "printed"
        return DataError(cell.file, problem, row=cell.row, column=column if in_log else cell.column)

    if cell.source not in release.sources:
        hint = did_you_mean(cell.source, release.sources)
        raise fail("source", f"unknown source {cell.source!r}{hint or '; add it to sources.csv.'}")
    if cell.measure not in measures:
        hint = did_you_mean(cell.measure, measures)
        raise fail("measure", f"unknown measure {cell.measure!r}{hint or '; see measures.csv.'}")
    measure = measures[cell.measure]
    if cell.unit != measure.unit:
        raise fail("unit", f"{cell.measure} is in {measure.unit}, not {cell.unit!r}.")
    try:
        period = Period.parse(cell.period)
    except ValueError as error:
        raise fail("period", str(error)) from error
    try:
        number = cells.parse(cell.printed, cell.unit, signed=measure.signed)
    except ValueError as error:
        raise fail("printed", str(error)) from error
    source = release.sources[cell.source]
    return {
        "release": release.name,
        "released": release.published.isoformat(),
        "source": f"{release.name}/{source.source}",
        "independent": source.independent,
        "period": str(period),
        "measure": cell.measure,
        "subject": cell.subject,
        "printed": cell.printed,
        "value": number.value,
        **number.bounds.columns(),
        "status": number.status,
        "unit": cell.unit,
        "note": cell.note,
        "file": cell.file,
        "row": cell.row,
        "column": cell.column,
    }


def _refuse_repeat(
    seen: dict[tuple[str, ...], PrintedCell], cell: PrintedCell, place: str, release: str
) -> None:
    """Refuse a figure typed twice from one page; two different figures of it are both kept."""
    key = (release, cell.source, cell.place_kind, place, cell.period, cell.measure, cell.subject)
    first = seen.setdefault((*key, cell.printed), cell)
    if first is not cell:
        raise DataError(
            cell.file,
            f"{place} {cell.period} ({cell.measure}) is already in {first.file}, row {first.row}, "
            "for this source. Keep one row.",
            row=cell.row,
            column="place" if cell.column == "printed" else cell.column,
        )


@dataclass(frozen=True)
class _Unmatched:
    """A name in a printed cell that the reference tables do not know, with those it may mean."""

    cell: PrintedCell
    column: str
    what: str
    near: list[str]

    @property
    def name(self) -> str:
        """The name as printed."""
        return str(getattr(self.cell, self.column))

    def row(self) -> dict[str, object]:
        """Return the row of the list a person decides on; columns as in the data dictionary."""
        in_log = self.cell.column == "printed"
        return {
            "file": self.cell.file,
            "row": self.cell.row,
            "column": self.column if in_log else "the first column",
            "what": self.what,
            "printed": self.name,
            "suggestions": "|".join(self.near),
        }


def _named(cell: PrintedCell, vocabulary: Vocabulary) -> dict[str, object] | _Unmatched:
    """Return kind and name of the cell's place, and its subject, or the name that is not known."""
    places, platforms = vocabulary.places, vocabulary.platforms
    place = places.printed(cell.place_kind, cell.place)
    if place is None:
        near = places.suggestions(cell.place_kind, cell.place)
        return _Unmatched(cell, "place", cell.place_kind, near)
    named = {"place_kind": place.kind, "place": place.name}
    if cell.measure in PLATFORM_MEASURES:
        platform = platforms.printed(cell.subject)
        if platform is None:
            near = platforms.suggestions(cell.subject)
            return _Unmatched(cell, "subject", "platform", near)
        return {**named, "subject": platform.name}
    if cell.subject:
        force = places.printed("force", cell.subject)
        if force is None:
            near = places.suggestions("force", cell.subject)
            return _Unmatched(cell, "subject", "force", near)
        return {**named, "subject": force.name}
    return {**named, "subject": ""}


def _report_unmatched(project: Project, unmatched: list[_Unmatched]) -> None:
    """Write the list a person decides on, and stop."""
    listed = project.interim / "unmatched.csv"
    write(pd.DataFrame([one.row() for one in unmatched], columns=UNMATCHED_COLUMNS), listed)
    first = unmatched[0]
    others = len({one.name for one in unmatched}) - 1
    more = f" {others} more in the list." if others else ""
    raise DataError(
        first.cell.file,
        f"unknown {first.what} {first.name!r}{offer(first.near) or '.'} Correct the name, add it "
        "to the aliases in data/reference, or set it aside in names_set_aside.csv. All names that "
        f"match nothing are in {project.relative(listed)}.{more}",
        row=first.cell.row,
        column=str(first.row()["column"]),
    )
