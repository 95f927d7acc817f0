"""Text that is made from the data and stands between two marks in a page written by hand."""

from __future__ import annotations

from pathlib import Path

from offences.errors import DataError
from offences.project import Project


def between(project: Project, path: Path, begin: str, end: str, made: str) -> str:
    """Return the text of a page with what stands between the marks replaced.

    Raises
    ------
    DataError
        When one of the marks is not there exactly once.
    """
    text = path.read_text(encoding="utf-8")
    if text.count(begin) != 1 or text.count(end) != 1:
        raise DataError(project.relative(path), f"must hold {begin!r} and {end!r} once each.")
    head, rest = text.split(begin)
    return f"{head}{begin}\n\n{made}\n\n{end}{rest.split(end)[1]}"
