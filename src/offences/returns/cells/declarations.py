"""What the analyst declares about a received file: the short YAML beside it, and typed answers.

``kent.xlsx`` is described by ``kent.xlsx.yaml``. An answer that came as sentences is typed into
``kent.answer.yaml``, one statement for each figure, in the force's own words.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from offences.errors import did_you_mean
from offences.returns.cells.cell_text import UNITS
from offences.returns.cells.return_statuses import Blank, DeclaredBlank

AXES = ("force", "period", "measure", "age_band", "gender", "means", "category")
"""What a row, a column or a field of a return can name."""

MEASURES = {
    "offences": "recorded offences",
    "victims": "victims, by age or gender",
    "means": "means of communication recorded",
    "means_known": "offences with a known means of communication",
    "outcomes": "outcomes of investigations",
    "charges": "people charged, arrested or in custody",
    "cyber_flag": "offences with an online flag",
    "keywords": "records in which a word was found",
    "share": "a share in percent, as printed",
    "asked": "what was asked, without a figure",
}
"""What a figure of a return is about."""

S15A = ("71/17", "s.15a", "15a", "071/17")
"""Offence codes of sexual communication with a child in England and Wales, as forces write them.

88A is wider, 86/02 is another offence: their figures are kept and never added.
"""

SUFFIX = ".yaml"
TYPED = ".answer.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


def _one_of(what: str, *known: str) -> AfterValidator:
    """Return a check that a word is one of those known, which suggests the nearest."""

    def check(word: str) -> str:
        if word not in known:
            hint = did_you_mean(word, known) or f". Known: {', '.join(filter(None, known))}"
            raise ValueError(f"unknown {what} {word!r}{hint}")
        return word

    return AfterValidator(check)


_Axis = Annotated[str, _one_of("axis", *AXES)]
_Field = Annotated[str, _one_of("axis", *AXES, "value")]
_Measure = Annotated[str, _one_of("measure", *MEASURES)]
_Unit = Annotated[str, _one_of("unit", *UNITS, "")]


class About(_Strict):
    """What holds for every figure of a file, or of one table where it says otherwise.

    Attributes
    ----------
    force
        Who answered: from where the answer came, never from a letterhead (joint units write for
        several forces).
    period
        In any way :func:`offences.returns.cells.written_periods.read_span` reads.
    unit
        What is counted, a key of :data:`offences.returns.cells.cell_text.UNITS`.
    basis
        The offence code, as ``71/17``.
    blank, dash
        What an empty cell and a lone dash stand for.
    suppressed_below
        Counts below this may hide behind an asterisk.
    source, published_on, url
        The answer's reference and, where it is public, its day and page.
    """

    force: str = ""
    period: str = ""
    unit: _Unit = "offences"
    basis: str = "71/17"
    blank: DeclaredBlank = Blank.EMPTY
    dash: DeclaredBlank = Blank.EMPTY
    suppressed_below: int = Field(default=5, ge=2, le=20)
    source: str = ""
    published_on: str = ""
    url: str = ""


class _Own(_Strict):
    """What a table or a statement says otherwise than its file; empty where it does not."""

    period: str = ""
    unit: _Unit = ""
    basis: str = ""


class DeclaredTable(_Own):
    """Where one table is and what its rows and columns mean.

    Attributes
    ----------
    table
        The sheet's name, or the number of the table in its file (1 is the first).
    shape
        ``crosstab``: labels at the left and above. ``long``: one figure a row. ``records``: one
        offence a row.
    header
        Rows that hold the headings of the columns, 1 being the file's first.
    first, last
        The first and last row of figures; by default what follows the header, to the end.
    labels
        How many columns at the left hold labels (crosstab).
    rows, columns
        What each label column, and each header row, names: one of :data:`AXES` (crosstab).
    fields
        What each column names, by its heading: one of :data:`AXES`, or ``value`` (long, records).
        Columns not named are left out.
    totals
        Labels of rows and columns that are sums of the others.
    skip
        Labels of rows and columns that are no part of the table.
    meanings
        What a label stands for where it does not say so itself, as ``{Q1: offences}``.
    split
        What separates the cells of a flattened table, as `` / ``.
    glued
        Whether label and figure are in one cell, as ``Making/Taking26``.
    run_together
        Labels of rows whose figures lost the space between them. They are resolved only by the
        column totals.
    """

    table: str | int = 1
    shape: Literal["crosstab", "long", "records"] = "crosstab"
    header: list[int] = [1]
    first: int | None = None
    last: int | None = None
    labels: int = Field(default=1, ge=1, le=6)
    rows: list[_Axis] = ["force"]
    columns: list[_Axis] = ["period"]
    fields: dict[str, _Field] = {}
    measure: _Measure = "offences"
    totals: list[str] = []
    skip: list[str] = []
    meanings: dict[str, str] = {}
    split: str = ""
    glued: bool = False
    run_together: list[str] = []


class Accepted(_Strict):
    """Who looked at the reading of a file, and at which file."""

    by: str
    on: datetime.date
    sha256: str


class Layout(About):
    """How a received file is read: what is common to its tables, and each of them."""

    tables: list[DeclaredTable] = Field(min_length=1)
    accepted: Accepted | None = None


class Statement(_Own):
    """One figure of an answer in sentences, as written.

    ``label`` keeps the words beside a figure that is not one of several: they divide nothing.
    """

    printed: str
    measure: _Measure = "offences"
    force: str = ""
    age_band: str = ""
    gender: str = ""
    means: str = ""
    category: str = ""
    label: str = ""
    total: bool = False
    note: str = ""


class Answer(About):
    """An answer in sentences, typed by a person from a page or a letter."""

    statements: list[Statement]


def layout_path(path: Path) -> Path:
    """Return where the layout of a received file is: beside it."""
    return path.with_name(path.name + SUFFIX)
