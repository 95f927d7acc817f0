"""Where figures come from: releases, the pages that print them, and checksums of the raw files."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from offences.errors import DataError
from offences.files import read_yaml, sha256
from offences.project import Project
from offences.reference.periods import last_day
from offences.tables import TableRow, Text, read_table

_PUBLISHED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class _ReleaseFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    title: str
    month: Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    covers: str


def _dated(text: str) -> str:
    """Return the text when it is a day, a month or a year."""
    try:
        if _PUBLISHED.fullmatch(text):
            datetime.date.fromisoformat(f"{text}-01-01"[:10])
            return text
    except ValueError:
        pass
    raise ValueError(f"{text!r} is not a date: write 2023-08-15, 2023-08 or 2023.")


class Source(TableRow):
    """One page, spreadsheet or letter that figures were read from: one row of ``sources.csv``.

    Attributes
    ----------
    source
        Its name in the release; ``release/source`` names it in the project.
    published_on
        A day, a month or a year.
    rewrite_of
        The source of the same release that it rewrites or reprints; mostly empty.
    """

    key: ClassVar = ("source",)

    source: Text
    publisher: Text
    published_on: Annotated[str, AfterValidator(_dated)]
    url: str
    kind: Text
    rewrite_of: str
    note: str

    @property
    def independent(self) -> bool:
        """Whether it corroborates: no rewrite of another page, no second reprint of one text."""
        return self.kind != "rewrite" and not self.rewrite_of


SOURCE_COLUMNS = Source.columns()


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
    sources
        Its pages, by name.
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
            raise DataError(project.relative(path), "is outside a release: move it into one.")
    return sorted((_read(project, f) for f in folders), key=lambda r: (r.published, r.name))


def releases_with_figures(releases: Iterable[Release], observations: pd.DataFrame) -> pd.DataFrame:
    """Return the releases with figures among the observations, one a row.

    Columns ``release``, ``title``, ``covers``, ``published``, ``pages``, ``figures``; the last two
    say how many.
    """
    own = {name: figures["source"] for name, figures in observations.groupby("release")}
    rows = [
        (r.name, r.title, r.covers, r.published, own[r.name].nunique(), len(own[r.name]))
        for r in releases
        if r.name in own
    ]
    columns = ["release", "title", "covers", "published", "pages", "figures"]
    return pd.DataFrame(rows, columns=columns)


def pages_with_figures(releases: Iterable[Release], observations: pd.DataFrame) -> pd.DataFrame:
    """Return the pages that figures were read from, one a row.

    Columns ``source``, ``publisher``, ``published_on``, ``figures`` (how many among the
    observations), ``independent``, ``url``.
    """
    counts = observations["source"].value_counts()
    rows = [
        (name, page.publisher, page.published_on, counts[name], page.independent, page.url)
        for release in releases
        for page in release.sources.values()
        if (name := f"{release.name}/{page.source}") in counts
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


def _read(project: Project, folder: Path) -> Release:
    described = read_yaml(project, folder / "release.yaml", _ReleaseFile)
    rows = read_table(project, folder / "sources.csv", Source)
    sources = {row.source: row for row in rows}
    for row in rows:
        if row.rewrite_of:
            row.require("rewrite_of", sources, "source of this release")
    days = [
        datetime.date.fromisoformat(row.published_on) for row in rows if len(row.published_on) == 10
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
