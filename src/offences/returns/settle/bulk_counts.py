"""Record-level returns too large for memory: attributed by distinct string, counted by DuckDB.

One offence a row, in parts of csv or parquet. A platform is looked for once in each distinct
string, whatever the number of rows; the rows are streamed and never held.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from offences.errors import DataError, did_you_mean
from offences.returns.settle.platform_names import Attributor

RECORD_COLUMNS = ("force", "period", "means")
MEMORY = "600MB"
"""What DuckDB may hold before it spills to disk."""

_READERS = {".csv": "read_csv(?, all_varchar = true, header = true)", ".parquet": "read_parquet(?)"}
_COUNTED = """
    SELECT force, period, platform, count(*)::BIGINT AS offences
    FROM records JOIN named USING (means) GROUP BY ALL ORDER BY ALL
"""


def count_platforms(parts: Sequence[Path], attributor: Attributor) -> pd.DataFrame:
    """Return how many offences name each platform, by force and period.

    Parameters
    ----------
    parts
        Files of one kind, csv or parquet, with the columns of :data:`RECORD_COLUMNS`.

    Returns
    -------
    Columns ``force``, ``period``, ``platform``, ``offences``, in that order of rows. An offence
    that names several platforms counts in each. ``platform`` is empty for offences that name
    none: the counts by platform can add to more than all offences.

    Raises
    ------
    DataError
        When the parts cannot be read or lack a column.
    """
    with duckdb.connect(config={"memory_limit": MEMORY, "threads": 2}) as engine:
        _open(engine, parts)
        texts = [row[0] for row in engine.execute("SELECT DISTINCT means FROM records").fetchall()]
        named = pd.DataFrame(_named(texts, attributor), columns=["means", "platform"])
        engine.register("named", named)
        return engine.execute(_COUNTED).df()


def _named(texts: Sequence[str], attributor: Attributor) -> list[tuple[str, str]]:
    """Return (text, platform) for each platform of each text, an empty one where there is none."""
    return [
        (text, platform) for text in texts for platform in attributor.named(text).platforms or ("",)
    ]


def _open(engine: duckdb.DuckDBPyConnection, parts: Sequence[Path]) -> None:
    """Make the view ``records`` of all parts, texts without a value as empty ones."""
    kinds = {part.suffix for part in parts}
    if len(kinds) != 1 or not (reader := _READERS.get(kinds.pop())):
        raise DataError("records", "parts are files of one kind, .csv or .parquet.")
    names = [str(part) for part in parts]
    try:
        relation = engine.sql(f"FROM {reader}", params=[names])
        for column in RECORD_COLUMNS:
            if column not in relation.columns:
                hint = did_you_mean(column, relation.columns) or "."
                raise DataError(parts[0].name, f"the column is missing{hint}", column=column)
        relation.select("force, period, coalesce(means, '') AS means").create_view("records")
    except duckdb.Error as error:
        raise DataError(parts[0].name, f"cannot be read ({str(error).splitlines()[0]}).") from error
