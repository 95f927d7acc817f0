"""The run's tables as one workbook that follows the UK government's guidance for spreadsheets.

Cover, contents, notes, then one table a sheet; what is not a number has a shorthand that is
explained. Made by gptables, from the run's own CSV files.
"""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import gptables
import pandas as pd

from offences.analysis import sentences
from offences.analysis.parameters import Request
from offences.runs.run_folder import RunFolder

WORKBOOK = "tables.xlsx"
LANGUAGE = "en-GB"
NOT_AVAILABLE = "[x]"
NO_UPPER_BOUND = "[u]"
NOT_APPLICABLE = "[z]"
LEGEND = [
    f"{NOT_AVAILABLE} means not available: no page prints it, or it was printed as not available.",
    f"{NO_UPPER_BOUND} means that there is no upper bound.",
    f"{NOT_APPLICABLE} means not applicable: there is nothing to say.",
]
NOTES = {
    "recorded": "Counts are what police forces recorded and how they record, not what happened.",
    "missing": "A force-year that is not available is not zero. Totals add what was printed only.",
    "known": "Shares are of the offences whose means of communication was recorded. One offence "
    "can involve several platforms, so shares need not add to 100%.",
    "claims": "Statements are in our own words; the address of each is in its column.",
}

# File, label of the sheet, title, and the notes that bear on it.
_SHEETS = (
    ("headline", "Headline", "Headline numbers", ("recorded", "missing", "known")),
    ("force_by_year", "Force_years", "Offences by force and year", ("recorded", "missing")),
    ("change", "Change", "Change from the first to the last year, by force", ("missing",)),
    ("published", "Published", "Totals as printed", ("recorded",)),
    ("published_beside_sum", "Beside_sum", "Printed totals beside sums", ("missing",)),
    ("revisions", "Revisions", "Figures that differ between releases", ("recorded",)),
    ("platform_shares", "Platforms", "Platforms: printed shares and counts", ("known",)),
    ("parents", "Companies", "Companies that own the platforms", ("known",)),
    ("means_known", "Means_known", "Offences whose means is known", ("known",)),
    ("victims", "Victims", "Victims' ages and genders as printed", ("recorded",)),
    ("known_issues", "Doubts", "Known doubts about figures", ("recorded",)),
    ("claims", "Claims", "Public statements, checked", ("claims",)),
    ("questions", "Questions", "Questions to send back to forces", ("missing",)),
    ("sources", "Sources", "Pages the figures were read from", ("recorded",)),
)
_UPPER = ("upper", "shown_upper")
_CORE = "docProps/core.xml"


def write(request: Request, run: RunFolder) -> Path:
    """Write the workbook of a run beside its tables, and return it.

    Parameters
    ----------
    run
        A table that is absent or empty has no sheet.
    """
    sheets: dict[str, Any] = {}
    used: set[str] = set()
    for name, label, heading, notes in _SHEETS:
        table = run.table(name) if run.has(name) else pd.DataFrame()
        if len(table):
            sheets[label] = _sheet(request, table, label, heading, notes)
            used.update(notes)
    texts = {note: text for note, text in NOTES.items() if note in used}
    path = run.path / WORKBOOK
    title = f"Recorded offences of sexual communication with a child: {request.title}"
    book = gptables.produce_workbook(
        str(path),
        sheets,
        cover=_cover(request, title),
        notes_table=pd.DataFrame(texts.items(), columns=["Note reference", "Note text"]),
    )
    # The same tables give the same bytes: the workbook is dated by the newest release it knows.
    day = datetime.datetime.combine(request.newest, datetime.time())
    book.set_properties({"title": title, "subject": request.in_words(), "created": day})
    book.close()
    _set_language(path)
    return path


def _sheet(
    request: Request, table: pd.DataFrame, label: str, title: str, notes: tuple[str, ...]
) -> Any:
    shown = table.astype(object)
    for column in shown:
        number = pd.api.types.is_numeric_dtype(table[column])
        empty = NO_UPPER_BOUND if column in _UPPER else NOT_AVAILABLE if number else NOT_APPLICABLE
        shown[column] = shown[column].where(table[column].notna(), empty).replace("–", empty)
    shown.columns = [str(c).replace("_", " ").capitalize() for c in shown.columns]
    marks = "".join(f"$${note}$$" for note in notes)
    return gptables.GPTable(
        table=shown,
        table_name=label.lower(),
        title=f"{title}, {request.title}, {request.years.in_words()} {marks}",
        scope="Offences of sexual communication with a child recorded by police forces",
        source=f"{sentences.SOURCE_LINE}. As of: {request.known_in_words}",
        instructions=f"This sheet has one table. Notes are on the sheet Notes. {' '.join(LEGEND)}",
    )


def _cover(request: Request, title: str) -> Any:
    return gptables.Cover(
        title=title,
        intro=["What this is", request.in_words(), f"{request.policy.in_words()}."],
        about=["How to read it", *NOTES.values(), *LEGEND],
        contact=["Where it comes from", f"{sentences.SOURCE_LINE}.",
                 "Made by code from the files beside this workbook; nothing is typed by hand."],
    )  # fmt: skip


def _set_language(path: Path) -> None:
    """Say in the workbook's properties which language it is in; its writer has no call for it."""
    with zipfile.ZipFile(path) as book:
        parts = [(item, book.read(item)) for item in book.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for item, content in parts:
            if item.filename == _CORE:
                mark = b"</cp:coreProperties>"
                content = content.replace(
                    mark, f"<dc:language>{LANGUAGE}</dc:language>".encode() + mark
                )
            book.writestr(item, content)
