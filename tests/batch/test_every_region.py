"""Every region, made twice. A file of its own, so that it can run beside the other slow tests."""

from __future__ import annotations

import pytest
from helpers.commands import cli
from helpers.projects import copied


@pytest.mark.heavy
def test_every_region_runs_and_cold_and_serial_no_byte_changes(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    project = copied(tmp_path_factory.mktemp("all"))
    first = cli(project, "--all")
    assert first.returncode == 0, first.stdout + first.stderr
    lines = [line for line in first.stdout.splitlines() if "figures/" in line]
    assert len([line for line in lines if "  made  " in line]) == 15
    again = cli(project, "--all", "--force", "--engine", "cold", "--jobs", "1")
    assert again.returncode == 0, again.stdout + again.stderr
    assert len([line for line in again.stdout.splitlines() if "  same  " in line]) == 15
