"""The notebooks of a run executed again, by nbval, beside the checks that need no execution.

nbval compares the text outputs; the tables, charts and words that this execution writes are
compared with those of the run, byte by byte.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from offences.errors import OffencesError
from offences.execution.kernels import PROVISIONER
from offences.execution.processes import can_fork
from offences.project import Project
from offences.runs.notebook import ASKED, prepare_for_batch
from offences.runs.run_folder import RunFolder

_NBVAL_REPORT, _NBVAL_LOG = "nbval.xml", "nbval.log"


class Reexecution:
    """A run's notebooks executed a second time, into a temporary folder."""

    def __init__(self, project: Project, run: RunFolder, temporary: Path) -> None:
        self._project = project
        self._run = run
        self._temporary = temporary
        self._anew = temporary / "run"
        self._anew.mkdir()
        self._nbval: subprocess.Popen[bytes] | None = None
        self._not_begun = "the notebooks were not executed again"

    def begin(self) -> None:
        """Start nbval; what cannot begin is told by :meth:`cells_that_differ`."""
        prepared = self._temporary / "prepared.pickle"
        parameters = self._run.manifest.parameters
        try:
            prepare_for_batch(self._project, parameters["as_of"], prepared)
        except (OffencesError, ValueError) as error:
            self._not_begun = str(error)
            return
        asked = {"folder": str(self._anew), "parameters": parameters, "prepared": str(prepared)}
        warm = {"JUPYTER_DEFAULT_PROVISIONER_NAME": PROVISIONER} if can_fork() else {}
        report = self._temporary / _NBVAL_REPORT
        with (self._temporary / _NBVAL_LOG).open("w") as log:
            self._nbval = subprocess.Popen(
                [sys.executable, "-m", "pytest", "--nbval", "-o", "addopts=",
                 "-p", "no:cacheprovider", f"--junitxml={report}", *map(str, self._run.notebooks)],
                cwd=self._project.root, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, **warm, ASKED: json.dumps(asked)},
            )  # fmt: skip

    def cells_that_differ(self) -> list[str]:
        """Wait for nbval, and return the cells whose text outputs differ, or why it did not run."""
        if self._nbval is None:
            return [self._not_begun]
        code = self._nbval.wait()
        report = self._temporary / _NBVAL_REPORT
        if not report.is_file():
            log = (self._temporary / _NBVAL_LOG).read_text(encoding="utf-8").strip()
            return [f"nbval did not run: {log[-200:]}"]
        wrong = [
            f"{Path(case.get('classname', '')).name.rpartition('.')[2]} {case.get('name')}"
            for case in ElementTree.parse(report).getroot().iter("testcase")
            if case.find("failure") is not None or case.find("error") is not None
        ]
        return wrong or ([f"nbval ended with {code}"] if code else [])

    def files_that_differ(self, kinds: tuple[str, ...]) -> Iterator[str]:
        """Yield what is wrong with each file of these kinds, by the endings of their names."""
        ours = {name for name in self._run.files if name.endswith(kinds) and "/" not in name}
        anew = {path.name for path in self._anew.iterdir() if path.suffix in kinds}
        for name in sorted(ours | anew):
            if name not in anew:
                yield f"{name} is made by no notebook"
            elif name not in ours:
                yield f"{name} is not in the run"
            elif (self._run.path / name).read_bytes() != (self._anew / name).read_bytes():
                yield f"{name} differs"
