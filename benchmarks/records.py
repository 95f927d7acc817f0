"""What record-level returns cost: ratios measured in one run, on SIMULATED rows.

    .venv/bin/python benchmarks/records.py ways      against row by row, pandas, Polars
    .venv/bin/python benchmarks/records.py growth    10, 20 and 50 million rows
    .venv/bin/python benchmarks/records.py workbooks 45 workbooks, calamine against openpyxl

Every way counts platforms by force and period in the same parquet parts with the same patterns:
the strings are attributed by the project's own rules, the rows are counted by the engine named.
Row by row is timed on a sample and scaled. Each way runs in a process of its own, the ways
interleaved round by round; peak memory is that process's.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import duckdb
import pandas as pd

from offences.project import Project
from offences.reference.platforms import Platforms
from offences.returns.settle.accuracy import read_labelled
from offences.returns.settle.bulk_counts import count_platforms
from offences.returns.settle.platform_names import read_attributor

PROJECT = Project(Path(__file__).parents[1])
SAMPLE = 20_000
STRINGS = 20_000
WAYS = ("ours", "polars", "pandas")


def make(folder: Path, rows: int, parts: int = 4) -> list[Path]:
    """Write SIMULATED offences with some 20,000 distinct platform strings, as parquet parts."""
    texts = [one.text for one in read_labelled(PROJECT)]
    strings = [
        f"{texts[n % len(texts)]} then {texts[(n * 7 + n // 97) % len(texts)]} log {n % 89}"
        for n in range(STRINGS)
    ]
    made = []
    with duckdb.connect() as engine:
        engine.register("strings", pd.DataFrame({"n": range(STRINGS), "means": strings}))
        for part in range(parts):
            path = folder / f"part-{part}.parquet"
            engine.execute(
                f"""COPY (
                    SELECT 'Force ' || (hash(i) % 45)::VARCHAR AS force,
                           (2017 + hash(i + 1) % 7)::VARCHAR AS period, means
                    FROM range({part * rows // parts}, {(part + 1) * rows // parts}) t(i)
                    JOIN strings ON n = (hash(i + 2) % {STRINGS})
                ) TO '{path}' (FORMAT parquet)"""
            )
            made.append(path)
    return made


def count(way: str, parts: list[Path]) -> int:
    """Count in one way and return the number of (offence, platform) pairs."""
    attributor = read_attributor(PROJECT, Platforms.read(PROJECT))
    if way == "ours":
        return int(count_platforms(parts, attributor)["offences"].sum())
    if way == "polars":
        import polars as pl

        lazy = pl.scan_parquet(parts)
        texts = lazy.select(pl.col("means").unique()).collect()["means"].to_list()
        pairs = [(t, p) for t in texts for p in attributor.named(t).platforms or ("",)]
        named = pl.LazyFrame(pairs, schema=["means", "platform"], orient="row")
        done = lazy.join(named, on="means").group_by("force", "period", "platform").len()
        return int(done.collect(engine="streaming")["len"].sum())
    frame = duckdb.read_parquet([str(part) for part in parts]).df()
    known = {t: attributor.named(t).platforms or ("",) for t in frame["means"].unique()}
    frame["platform"] = frame["means"].map(known)
    done = frame.explode("platform").groupby(["force", "period", "platform"]).size()
    return int(done.sum())


def row_by_row(parts: list[Path]) -> float:
    """Return the seconds a plain row-by-row apply takes for one row."""
    attributor = read_attributor(PROJECT, Platforms.read(PROJECT))
    sample = duckdb.read_parquet(str(parts[0])).limit(SAMPLE).df()
    began = time.perf_counter()
    sample["platform"] = sample.apply(
        lambda row: attributor.named(row["means"]).platforms or ("",), axis=1
    )
    sample.explode("platform").groupby(["force", "period", "platform"]).size()
    return (time.perf_counter() - began) / len(sample)


def timed(way: str, parts: list[Path]) -> tuple[float, float, int]:
    """Return seconds, peak MiB and the result of one way in a process of its own."""
    command = [sys.executable, __file__, "one", way, *map(str, parts)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured = json.loads(done.stdout.splitlines()[-1])
    return measured["seconds"], measured["mib"], measured["pairs"]


def ways(rows: int, rounds: int) -> None:
    """Print each way's time as a ratio to ours."""
    with tempfile.TemporaryDirectory() as made:
        parts = make(Path(made), rows)
        seconds: dict[str, list[float]] = {}
        memory: dict[str, float] = {}
        pairs: dict[str, int] = {}
        for turn in range(rounds):
            for way in WAYS:
                took, mib, pairs[way] = timed(way, parts)
                seconds.setdefault(way, []).append(took)
                memory[way] = max(memory.get(way, 0), mib)
                print(f"round {turn + 1}: {way:<7} {took:7.2f} s {mib:6.0f} MiB", flush=True)
        each = row_by_row(parts)
    assert len(set(pairs.values())) == 1, pairs
    ours = median(seconds["ours"])
    print(f"\nSIMULATED, {rows:,} rows, {pairs['ours']:,} (offence, platform) pairs; ours = 1")
    print(f"  row by row (pandas apply, sample of {SAMPLE:,})  {each * rows / ours:8.0f}")
    for way in ("pandas", "polars"):
        print(f"  {way:<44}  {median(seconds[way]) / ours:8.2f}  {memory[way]:6.0f} MiB")
    print(f"  {'ours (DuckDB)':<44}  {1:8.2f}  {memory['ours']:6.0f} MiB")


def growth(rows: int) -> None:
    """Print time and memory of ours at 1, 2 and 5 times the rows."""
    first = 0.0
    for times in (1, 2, 5):
        with tempfile.TemporaryDirectory() as made:
            took, mib, _ = timed("ours", make(Path(made), rows * times))
        first = first or took
        print(
            f"{rows * times:>12,} rows: {took / first:5.2f} of the first, a row "
            f"{took / first / times:4.2f}; {mib:5.0f} MiB",
            flush=True,
        )


def workbooks(rounds: int) -> None:
    """Print how long 45 workbooks of 800 rows take with openpyxl, calamine being 1."""
    import openpyxl

    from offences.returns.files.readers import read_file
    from offences.returns.simulated.writers import xlsx

    with tempfile.TemporaryDirectory() as made:
        rows = [["Year", "Age", "Platform"]]
        rows += [["2023/24", str(n % 18), "Snapchat"] for n in range(800)]
        paths = [Path(made) / f"{n}.xlsx" for n in range(45)]
        for path in paths:
            xlsx(path, {"A": rows})
        both: dict[str, list[float]] = {"ours": [], "openpyxl": []}
        for _ in range(rounds):
            for name in both:
                began = time.perf_counter()
                for path in paths:
                    if name == "ours":
                        read_file(path)
                    else:
                        book = openpyxl.load_workbook(path)
                        _ = [list(sheet.values) for sheet in book]
                both[name].append(time.perf_counter() - began)
    print(f"openpyxl {median(both['openpyxl']) / median(both['ours']):.1f}, ours (calamine) 1")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=["ways", "growth", "workbooks", "one"])
    parser.add_argument("rest", nargs="*")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    if asked.what == "one":
        began = time.perf_counter()
        pairs = count(asked.rest[0], [Path(path) for path in asked.rest[1:]])
        took = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": took, "mib": peak, "pairs": pairs}))
    elif asked.what == "ways":
        ways(asked.rows, asked.rounds)
    elif asked.what == "growth":
        growth(asked.rows)
    else:
        workbooks(asked.rounds)


if __name__ == "__main__":
    main()
