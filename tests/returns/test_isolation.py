"""Bad files are set aside, each with its reason, and take no other file with them."""

from __future__ import annotations

import os
import subprocess
import sys

from helpers.received_files import GRID, bad_files

from offences.returns.files import isolation
from offences.returns.files.isolation import Received, read_each, received_paths


def test_bad_files_are_set_aside_each_with_its_reason(tmp_path) -> None:
    reasons = bad_files(tmp_path)
    read_ones = {one.path.name: one for one in read_each(received_paths(tmp_path))}
    for name, reason in reasons.items():
        assert reason in read_ones[name].set_aside, (name, read_ones[name].set_aside)
        assert not read_ones[name].grids
    assert read_ones["good.xlsx"].grids[0].rows[1] == tuple(GRID[1])
    assert set(read_ones) == {*reasons, "good.xlsx"}


def test_reading_a_bad_folder_stays_within_memory(tmp_path) -> None:
    bad_files(tmp_path)
    code = (
        "import sys, resource\nfrom pathlib import Path\n"
        "from offences.returns.files.isolation import read_each, received_paths\n"
        "for one in read_each(received_paths(Path(sys.argv[1]))):\n"
        "    print(one.path.name, one.set_aside)\n"
        "print(max(resource.getrusage(w).ru_maxrss for w in (0, -1)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout.splitlines()[-1]) * 1024 < 1 << 30


def test_files_are_read_in_order_and_those_that_people_type_are_left_out(tmp_path) -> None:
    for name in ("b.csv", "a.csv", "c.csv", ".hidden.csv", "~$a.xlsx", "a.csv.yaml", "round.yml"):
        (tmp_path / name).write_text("x,1\n")
    (tmp_path / "settled").mkdir()
    assert [path.name for path in received_paths(tmp_path)] == ["a.csv", "b.csv", "c.csv"]
    assert [one.path.name for one in read_each(received_paths(tmp_path))] == [
        "a.csv",
        "b.csv",
        "c.csv",
    ]
    assert list(read_each([])) == []


def test_a_file_that_is_gone_when_it_is_read_is_set_aside(tmp_path) -> None:
    gone = tmp_path / "gone.csv"
    assert list(read_each([gone])) == [
        Received(gone, set_aside="cannot be opened (No such file or directory).")
    ]


def test_a_reader_that_hangs_is_stopped_and_the_next_file_is_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(isolation, "MOST_SECONDS", 3)
    slow, quick = tmp_path / "slow.csv", tmp_path / "quick.csv"
    os.mkfifo(slow)  # nobody writes into it: reading waits without end
    quick.write_text("x,1\n")
    first, second = read_each([slow, quick])
    assert first == Received(slow, set_aside="takes more than 3 seconds to read.")
    assert second.grids[0].rows == (("x", "1"),)
