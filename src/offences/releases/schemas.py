"""The columns of the tables that the stages hand on, from printed figures to settled ones."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import pandera.pandas as pa

from offences.reference.measures import Unit
from offences.reference.statuses import PlaceKind, Status

CELL = ["place_kind", "place", "period", "measure", "subject"]
"""The columns that name one cell: a figure for a place, a period and a measure."""

_text = pa.Column(str)
_number = pa.Column(float, nullable=True)
_FIGURE_COLUMNS = {
    "place_kind": pa.Column(str, pa.Check.isin(list(PlaceKind))),
    "place": _text,
    "period": _text,
    "measure": _text,
    "subject": _text,
    "value": _number,
    "lower": pa.Column(float),
    "upper": _number,
    "status": pa.Column(str, pa.Check.isin(list(Status))),
    "unit": pa.Column(str, pa.Check.isin(list(get_args(Unit)))),
    "release": _text,
    "note": _text,
}

OBSERVATIONS = pa.DataFrameSchema(
    {
        **_FIGURE_COLUMNS,
        "released": _text,
        "source": _text,
        "independent": pa.Column(bool),
        "printed": _text,
        "file": _text,
        "row": pa.Column(int, pa.Check.ge(2)),
        "column": _text,
    },
    checks=pa.Check(lambda t: t["upper"].isna() | (t["lower"] <= t["upper"]), name="lower<=upper"),
    strict=True,
)
"""One printed figure a row, with the page it is printed on and where it was typed."""

VINTAGES = pa.DataFrameSchema(
    {
        **_FIGURE_COLUMNS,
        "released": _text,
        "pages": pa.Column(int, pa.Check.ge(1)),
        "independent_pages": pa.Column(int, pa.Check.ge(0)),
        "sources": _text,
        "printed": _text,
    },
    unique=[*CELL, "release"],
    strict=True,
)
"""One figure for each cell and release: what that release says."""

SETTLED = pa.DataFrameSchema(
    {
        **VINTAGES.columns,
        "issues": _text,
        "issue_text": _text,
    },
    unique=CELL,
    strict=True,
)
"""One figure for each cell: what is known by the day of the run, doubts included."""


def check(table: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return the table as the schema orders its columns; a table that breaks it is a bug."""
    return schema.validate(table[list(schema.columns)], lazy=True)
