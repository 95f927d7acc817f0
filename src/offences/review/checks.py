"""Is a run what it says it is? Each check asks one thing of a run and answers in one line.

The notebooks are executed again, once, by nbval: it compares the text outputs, and the figures
and tables that this execution writes are compared with those of the run.
"""

from __future__ import annotations

import ast
import base64
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pandas as pd

from offences.analysis.findings import Findings
from offences.analysis.headline import headline
from offences.analysis.parameters import Request, checked
from offences.claims import ledger as ledgers
from offences.claims.statements import read_claims
from offences.errors import OffencesError
from offences.execution.kernels import PROVISIONER
from offences.execution.processes import can_fork
from offences.files import sha256
from offences.project import Project
from offences.releases.clean import Cleaned, clean
from offences.releases.load import Loaded, load
from offences.review.differencing import problems
from offences.review.numbers_in_words import facts_of, quotations, unbound
from offences.runs.notebook import ASKED, share
from offences.runs.run_page import PAGE, render
from offences.runs.store import MANIFEST
from offences.runs.versions import inputs
from offences.tables import write

REPORT = "review.json"
"""What the last check of a run found, beside the run's manifest and not part of the run."""

VIEWS = (PAGE, REPORT)
"""Files made from a run, which its manifest does not list."""

_PICTURES = (".svg", ".png")
_TITLE = re.compile(r"<dc:title>(.*?)</dc:title>", re.DOTALL)
_SHOWN = 3
_REPORT, _LOG = "nbval.xml", "nbval.log"


@dataclass(frozen=True)
class Check:
    """One question put to a run.

    Attributes
    ----------
    asks
        The question.
    holds
        Whether the answer is yes.
    said
        What was found, in one line.
    """

    asks: str
    holds: bool
    said: str


def check(
    project: Project,
    folder: Path,
    told: Callable[[Check], object] = lambda _: None,
    without: Collection[str] = (),
) -> list[Check]:
    """Put every question to a run and write the answers to ``review.json`` beside it.

    Parameters
    ----------
    told
        Called with each check as it is done.
    without
        Questions not to put.

    Raises
    ------
    OffencesError
        When the folder is no run.
    """
    done = []
    with tempfile.TemporaryDirectory() as name:
        run = _Run(project, folder, Path(name))
        if not set(_OF_EXECUTION) <= set(without):
            run.begin()
        for asks, question in QUESTIONS.items():
            if asks in without:
                continue
            try:
                wrong, fine = question(run)
            except (OffencesError, ValueError) as error:  # also a notebook that is no JSON
                wrong, fine = [str(error)], ""
            done.append(Check(asks, not wrong, _first(wrong) if wrong else fine))
            told(done[-1])
    text = json.dumps([asdict(one) for one in done], indent=1, ensure_ascii=False)
    (folder / REPORT).write_text(f"{text}\n", encoding="utf-8")
    return done


Found = tuple[list[str], str]
"""What is wrong, and what to say when nothing is."""


class _Run:
    """A run under review."""

    def __init__(self, project: Project, folder: Path, again: Path) -> None:
        self.project = project
        self.folder = folder
        self.again = again
        self._nbval: subprocess.Popen[bytes] | None = None
        self._not_begun = "the notebooks were not executed again"
        path = folder / MANIFEST
        if not path.is_file():
            raise OffencesError(
                f"{project.relative(folder)} has no {MANIFEST}: give the folder of one run, "
                "as figures/wales/latest-1a2b3c4d."
            )
        try:
            self.manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise OffencesError(
                f"{project.relative(path)} cannot be read as JSON: {error}"
            ) from None

    @cached_property
    def books(self) -> dict[str, Any]:
        """The executed notebooks by name."""
        return {
            path.stem: nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
            for path in sorted((self.folder / "notebooks").glob("*.ipynb"))
        }

    @cached_property
    def loaded(self) -> Loaded:
        return load(self.project)

    @cached_property
    def request(self) -> Request:
        return checked(self.project, self.loaded, **self.manifest["parameters"])

    @cached_property
    def cleaned(self) -> Cleaned:
        return clean(self.project, self.loaded, self.request.day, self.request.policy)

    @cached_property
    def found(self) -> Findings:
        return Findings(self.cleaned, self.request.place, self.request.years)

    @cached_property
    def files(self) -> list[str]:
        """Every file of the run by its path in it, but the manifest and views of the run."""
        paths = (p for p in self.folder.rglob("*") if p.is_file())
        names = (p.relative_to(self.folder).as_posix() for p in paths)
        return sorted(n for n in names if n not in (MANIFEST, *VIEWS))

    def as_manifest(self) -> Found:
        listed = self.manifest["outputs"]
        wrong = [f"{name} is missing" for name in listed if name not in self.files]
        wrong += [f"{name} is not listed" for name in self.files if name not in listed]
        here = (name for name in self.files if name in listed)
        wrong += [f"{n} has changed" for n in here if sha256(self.folder / n) != listed[n]]
        return (wrong, f"{len(listed)} files")

    def inputs_here(self) -> Found:
        now, then = inputs(self.project), self.manifest["inputs"]
        wrong = [f"{name} is gone" for name in then if name not in now]
        wrong += [
            f"{name} has changed since the run"
            for name, digest in then.items()
            if name in now and now[name] != digest
        ]
        return (wrong, f"{len(then)} files")

    def cells_ran(self) -> Found:
        wrong, count = [], 0
        for name, book in self.books.items():
            code = [c for c in book.cells if c.cell_type == "code" and c.source.strip()]
            count += len(code)
            for number, cell in enumerate(code, start=1):
                if cell.execution_count != number:
                    wrong.append(f"{name}: code cell {number} ran as {cell.execution_count}")
                if any(output.output_type == "error" for output in cell.outputs):
                    wrong.append(f"{name}: code cell {number} raised")
        if not self.books:
            wrong.append("there are no executed notebooks")
        return (wrong, f"{count} cells")

    def parameters_arrived(self) -> Found:
        asked, wrong = self.manifest["parameters"], []
        for name, book in self.books.items():
            declared = _assigned(_tagged(book, "parameters"))
            injected = _assigned(_tagged(book, "injected-parameters"))
            for parameter in declared:
                if parameter not in asked:
                    wrong.append(f"{name}: declares {parameter}, which no run is asked for")
                elif injected.get(parameter) != asked[parameter]:
                    wrong.append(
                        f"{name}: {parameter} was asked as {asked[parameter]!r}, executed as "
                        f"{injected.get(parameter, declared[parameter])!r}"
                    )
                if parameter not in _read(book):
                    wrong.append(f"{name}: declares {parameter} and never reads it")
        shown = ", ".join(f"{name} {value}" for name, value in asked.items())
        return (wrong, shown)

    def pictures_shown(self) -> Found:
        saved = {path.read_bytes() for path in self.folder.glob("*.png")}
        shown = [
            (name, base64.b64decode(output.data["image/png"]))
            for name, book in self.books.items()
            for cell in book.cells
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
        wrong = [
            f"{name} shows a picture that was not saved" for name, p in shown if p not in saved
        ]
        there = {picture for _, picture in shown}
        wrong += [
            f"{path.name} is in no notebook"
            for path in sorted(self.folder.glob("*.png"))
            if path.read_bytes() not in there
        ]
        return (wrong, f"{len(shown)} pictures")

    def begin(self) -> None:
        """Start to execute the notebooks again, with nbval, writing into ``again``."""
        shared, out = self.again / "shared.pickle", self.again / "run"
        out.mkdir()
        try:
            share(self.project, self.manifest["parameters"]["as_of"], shared)
            books = [str(self.folder / "notebooks" / f"{name}.ipynb") for name in self.books]
        except (OffencesError, ValueError) as error:
            self._not_begun = str(error)
            return
        asked = {
            "folder": str(out), "parameters": self.manifest["parameters"], "shared": str(shared),
        }  # fmt: skip
        warm = {"JUPYTER_DEFAULT_PROVISIONER_NAME": PROVISIONER} if can_fork() else {}
        with (self.again / _LOG).open("w") as log:
            self._nbval = subprocess.Popen(
                [sys.executable, "-m", "pytest", "--nbval", "-o", "addopts=",
                 "-p", "no:cacheprovider", f"--junitxml={self.again / _REPORT}", *books],
                cwd=self.project.root, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, **warm, ASKED: json.dumps(asked)},
            )  # fmt: skip

    def outputs_reproduce(self) -> Found:
        """Wait for nbval, which compares the text outputs, and say which cells differ."""
        if self._nbval is None:
            return [self._not_begun], ""
        fine = f"{len(self.books)} notebooks"
        code = self._nbval.wait()
        report = self.again / _REPORT
        if not report.is_file():
            said = (self.again / _LOG).read_text(encoding="utf-8").strip()
            return [f"nbval did not run: {said[-200:]}"], fine
        wrong = [
            f"{Path(case.get('classname', '')).name.rpartition('.')[2]} {case.get('name')}"
            for case in ElementTree.parse(report).getroot().iter("testcase")
            if case.find("failure") is not None or case.find("error") is not None
        ]
        return wrong or ([f"nbval ended with {code}"] if code else []), fine

    def data_reproduce(self) -> Found:
        wrong = list(self._differ((".csv", ".txt")))
        count = sum(name.endswith((".csv", ".txt")) for name in self.files)
        return (wrong, f"{count} files")

    def pictures_reproduce(self) -> Found:
        wrong = list(self._differ(_PICTURES))
        count = sum(name.endswith(_PICTURES) for name in self.files)
        return (wrong, f"{count} pictures")

    def _differ(self, kinds: tuple[str, ...]) -> Iterator[str]:
        ours = {name for name in self.files if name.endswith(kinds) and "/" not in name}
        anew = {path.name for path in (self.again / "run").iterdir() if path.suffix in kinds}
        for name in sorted(ours | anew):
            if name not in anew:
                yield f"{name} is made by no notebook"
            elif name not in ours:
                yield f"{name} is not in the run"
            elif (self.folder / name).read_bytes() != (self.again / "run" / name).read_bytes():
                yield f"{name} differs"

    def headline_recomputed(self) -> Found:
        path = self.folder / "headline.csv"
        if not path.is_file():
            return (["no headline.csv"], "")
        write(headline(self.request, self.found), self.again / path.name)
        anew, ours = (_lines(file) for file in (self.again / path.name, path))
        names = dict.fromkeys([*ours, *anew])
        wrong = [f"{name} differs" for name in names if ours.get(name) != anew.get(name)]
        return (
            list(dict.fromkeys(wrong)),
            f"{len(ours) - 1} numbers",
        )

    def numbers_found(self) -> Found:
        facts, quoted = self._facts()
        wrong, texts = [], 0
        for path in sorted(self.folder.glob("*.txt")):
            title = _TITLE.search(path.with_suffix(".svg").read_text(encoding="utf-8"))
            for text in (path.read_text(encoding="utf-8"), title[1] if title else ""):
                texts += 1
                wrong += [f"{path.stem}: {found}" for found in unbound(text, facts, quoted)]
        return (wrong, f"{texts} texts")

    def policy_kept(self) -> Found:
        policy = self.request.policy
        return problems(self.project, self.folder, policy), policy.in_words()

    def page_is_its_files(self) -> Found:
        path = self.folder / PAGE
        if not path.is_file():
            return ([f"{PAGE} is missing"], "")
        anew = render(self.project, self.request, self.folder)
        wrong = [] if path.read_text(encoding="utf-8") == anew else [f"{PAGE} differs, made anew"]
        return (wrong, PAGE)

    def _facts(self) -> tuple[list[Any], list[str]]:
        claims = read_claims(self.project, self.loaded)
        ours = ledgers.about(claims, self.request.place, self.request.day)
        ours = [] if self.request.policy.protects else ours
        table = pd.DataFrame(columns=["says", "verdict", "stated", "computed", "claim"])
        if ours:
            table, _, _ = ledgers.tables(
                ours, self.cleaned, lambda day: clean(self.project, self.loaded, day)
            )
        return facts_of(self.found, table), quotations(self.cleaned, table)


def _first(wrong: list[str]) -> str:
    more = f"; and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
    return f"{'; '.join(wrong[:_SHOWN])}{more}"


def _lines(path: Path) -> dict[str, str]:
    """Return the rows of a table by their first cell."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.partition(",")[0]: line for line in lines}


def _tagged(book: Any, tag: str) -> str:
    cells = (c.source for c in book.cells if tag in c.metadata.get("tags", []))
    return "\n".join(cells)


def _assigned(source: str) -> dict[str, object]:
    """Return the names that a parameters cell assigns, with their values."""
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def _read(book: Any) -> set[str]:
    """Return the names that the code cells of a notebook read."""
    code = "\n".join(c.source for c in book.cells if c.cell_type == "code")
    nodes = ast.walk(ast.parse(code))
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


_OF_EXECUTION: dict[str, Callable[[_Run], Found]] = {
    "Does nbval reproduce the text outputs?": _Run.outputs_reproduce,
    "Are tables, figures' data and words the same again?": _Run.data_reproduce,
    "Is every figure, drawn again, the same bytes?": _Run.pictures_reproduce,
}
QUESTIONS: dict[str, Callable[[_Run], Found]] = {
    "Is every file as the manifest says?": _Run.as_manifest,
    "Are data, code and notebooks those it read?": _Run.inputs_here,
    "Did every cell run once, in order, without error?": _Run.cells_ran,
    "Were the parameters asked for executed and read?": _Run.parameters_arrived,
    "Do the notebooks show the saved pictures?": _Run.pictures_shown,
    "Do the headline numbers follow from the data?": _Run.headline_recomputed,
    "Is every number in titles and words in the data?": _Run.numbers_found,
    "Does it keep to its disclosure policy?": _Run.policy_kept,
    "Does the page show the run's files and who signed?": _Run.page_is_its_files,
    **_OF_EXECUTION,
}
"""What is asked of a run, in this order: what needs the notebooks executed again comes last, as
they are executed meanwhile."""
