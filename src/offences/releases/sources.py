"""Where figures come from: releases, the pages that print them, and checksums of the raw files."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import BaseModel, ConfigDict, StringConstraints

from offences.errors import DataError
from offences.files import read_yaml, sha256
from offences.project import Project
from offences.reference.periods import last_day
from offences.tables import read_rows

SOURCE_COLUMNS = ["source", "publisher", "published_on", "url", "kind", "rewrite_of", "note"]
_PUBLISHED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class _ReleaseFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    title: str
    month: Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    covers: str


@dataclass(frozen=True)
class Source:
    """One page, spreadsheet or letter that figures were read from.

    Attributes
    ----------
    name
        Its name in the release; ``release/name`` names it in the project.
    independent
        False for a rewrite of another page, or a second reprint of one text: it corroborates
        nothing.
    """

    name: str
    publisher: str
    published_on: str
    url: str
    kind: str
    independent: bool


@dataclass(frozen=True)
class Release:
    """A wave of figures published together: one folder under ``data/raw``.

    Attributes
    ----------
    name
        The folder's name.
    published
        The day from which a run may know it: the earliest full date on any of its pages, else
        the last day of its month. Pages printed later belong to it.
    """

    name: str
    title: str
    covers: str
    published: datetime.date
    folder: Path
    sources: dict[str, Source]


def read_releases(project: Project) -> list[Release]:
    """Return every release under ``data/raw``, the oldest first.

    Raises
    ------
    DataError
        When a release lacks its ``release.yaml`` or ``sources.csv``, or one of them is wrong.
    """
    folders = sorted(path for path in project.raw.iterdir() if not path.name.startswith("."))
    for path in folders:
        if not path.is_dir():
            raise DataError(project.relative(path), "lies outside a release: move it into one.")
    return sorted((_read(project, f) for f in folders), key=lambda r: (r.published, r.name))


def overview(releases: Iterable[Release], observations: pd.DataFrame) -> pd.DataFrame:
    """Return one row a release with figures among the observations.

    Columns ``release``, ``title``, ``covers``, ``published``, ``pages``, ``figures``.
    """
    rows = []
    for release in releases:
        figures = observations[observations["release"] == release.name]
        if len(figures):
            pages = figures["source"].nunique()
            rows.append(
                (
                    release.name,
                    release.title,
                    release.covers,
                    release.published,
                    pages,
                    len(figures),
                )
            )
    columns = ["release", "title", "covers", "published", "pages", "figures"]
    return pd.DataFrame(rows, columns=columns)


def behind(releases: Iterable[Release], observations: pd.DataFrame) -> pd.DataFrame:
    """Return the pages that figures were read from, one a row.

    Columns ``source``, ``publisher``, ``published_on``, ``figures`` (how many among the
    observations), ``independent``, ``url``.
    """
    counts = observations["source"].value_counts()
    rows = [
        (name, page.publisher, page.published_on, counts[name], page.independent, page.url)
        for release in releases
        for page in release.sources.values()
        if (name := f"{release.name}/{page.name}") in counts
    ]
    columns = ["source", "publisher", "published_on", "figures", "independent", "url"]
    return pd.DataFrame(rows, columns=columns)


def assert_as_described(project: Project) -> None:
    """Stop when a raw file is not the one that ``data/datapackage.json`` describes.

    A file that was cut short between two rows, or edited, still reads well. Files that are not
    described yet are new and pass.

    Raises
    ------
    DataError
        Naming the file.
    """
    described = project.root / "data" / "datapackage.json"
    if not described.is_file():
        return
    for resource in json.loads(described.read_text(encoding="utf-8"))["resources"]:
        path = project.root / "data" / resource["path"]
        if path.is_relative_to(project.raw) and f"sha256:{sha256(path)}" != resource["hash"]:
            raise DataError(
                project.relative(path),
                "is not the file that data/datapackage.json describes: it was changed or cut "
                "short. Restore it, or, if the change is meant, run make describe.",
            )


def _is_date(text: str) -> bool:
    """Return whether a text is a day, a month or a year."""
    if not _PUBLISHED.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _read(project: Project, folder: Path) -> Release:
    described = read_yaml(project, folder / "release.yaml", _ReleaseFile)
    path = folder / "sources.csv"
    file = project.relative(path)
    rows = read_rows(project, path, SOURCE_COLUMNS)
    sources: dict[str, Source] = {}
    for row in rows:
        cells = row.cells
        if cells["source"] in sources:
            raise DataError(
                file, f"{cells['source']!r} stands twice.", row=row.line, column="source"
            )
        if not _is_date(cells["published_on"]):
            raise DataError(
                file,
                f"{cells['published_on']!r} is not a date: write 2023-08-15, 2023-08 or 2023.",
                row=row.line,
                column="published_on",
            )
        sources[cells["source"]] = Source(
            cells["source"],
            cells["publisher"],
            cells["published_on"],
            cells["url"],
            cells["kind"],
            independent=cells["kind"] != "rewrite" and not cells["rewrite_of"],
        )
    for row in rows:
        original = row.cells["rewrite_of"]
        if original and original not in sources:
            raise DataError(
                file,
                f"{original!r} is not a source of this release.",
                row=row.line,
                column="rewrite_of",
            )
    days = [
        datetime.date.fromisoformat(s.published_on)
        for s in sources.values()
        if len(s.published_on) == 10
    ]
    year, month = map(int, described.month.split("-"))
    return Release(
        folder.name,
        described.title,
        described.covers,
        min(days, default=last_day(year, month)),
        folder,
        sources,
    )
