"""Record-level parts are counted as a plain loop counts them, and bad ones are told."""

from __future__ import annotations

from collections import Counter

import duckdb
import pandas as pd
import pytest
from helpers.projects import ROOT

from offences.errors import DataError
from offences.project import Project
from offences.reference.platforms import Platforms
from offences.returns.settle.accuracy import read_labelled
from offences.returns.settle.bulk_counts import count_platforms
from offences.returns.settle.platform_names import read_attributor

PROJECT = Project(ROOT)
ATTRIBUTOR = read_attributor(PROJECT, Platforms.read(PROJECT))


def _rows() -> list[tuple[str, str, str]]:
    """Return SIMULATED rows whose strings are those that people labelled."""
    texts = [one.text for one in read_labelled(PROJECT)] + [""]
    return [(f"Force {n % 5}", f"20{20 + n % 3}", texts[n * 7 % len(texts)]) for n in range(5_000)]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_parts_are_counted_as_a_plain_loop_counts_them(tmp_path, kind) -> None:
    rows = _rows()
    expected = Counter(
        (force, period, platform)
        for force, period, text in rows
        for platform in ATTRIBUTOR.named(text).platforms or ("",)
    )
    parts = []
    for number in range(3):
        part = tmp_path / f"part-{number}.{kind}"
        table = pd.DataFrame(rows[number::3], columns=["force", "period", "means"])
        duckdb.from_df(table).write_csv(str(part)) if kind == "csv" else duckdb.from_df(
            table
        ).write_parquet(str(part))
        parts.append(part)
    counted = count_platforms(parts, ATTRIBUTOR)
    assert list(counted.columns) == ["force", "period", "platform", "offences"]
    found = {tuple(row[:3]): row[3] for row in counted.itertuples(index=False)}
    assert found == expected
    assert counted.equals(counted.sort_values(["force", "period", "platform"]))


def test_bad_parts_are_told(tmp_path) -> None:
    part = tmp_path / "part.csv"
    part.write_text("force,period,mean\nKent,2023/24,Kik\n")
    with pytest.raises(DataError, match="part.csv, column 'means': .* did you mean 'mean'"):
        count_platforms([part], ATTRIBUTOR)
    with pytest.raises(DataError, match="one kind"):
        count_platforms([part, tmp_path / "part.parquet"], ATTRIBUTOR)
    (tmp_path / "bad.parquet").write_bytes(b"not parquet")
    with pytest.raises(DataError, match="bad.parquet: cannot be read"):
        count_platforms([tmp_path / "bad.parquet"], ATTRIBUTOR)
