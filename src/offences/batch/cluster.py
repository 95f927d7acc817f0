"""The same batch on other machines: a Dask cluster whose workers need not share a disk.

What a run reads travels to the workers as one archive, and the run comes back as another: through
the scheduler, or by way of a store that all can reach, named by an fsspec address
(``s3://bucket/folder``). Only the machine that asked puts runs in their places, each once.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
import zipfile
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from offences.analysis.parameters import checked
from offences.batch import batch
from offences.batch.batch import Settings
from offences.batch.plan import Step, plan
from offences.batch.results import FINISHED, Result, RunState
from offences.claims.statements import read_claims
from offences.errors import OffencesError, RunError
from offences.project import Project
from offences.releases.load import load
from offences.runs.run_folder import RunFolder
from offences.runs.store import clear_interrupted, put_in_place, temporary_folder

if TYPE_CHECKING:
    from distributed import Client

_TRAVELS = ("data/raw", "data/reference", "data/claims", "notebooks")
_FILES = ("data/datapackage.json", "requirements.lock")


@dataclass(frozen=True)
class Order:
    """What a worker is asked for.

    Attributes
    ----------
    inputs
        The archive of what runs read, or its address in the store.
    digest
        SHA-256 of that archive.
    parameters, version
        Of the run; a worker whose version differs has other code or packages.
    store
        Where the run is left for the one who asked; empty: it is sent back.
    """

    inputs: bytes | str
    digest: str
    parameters: dict[str, str]
    version: str
    settings: Settings
    store: str


@dataclass(frozen=True)
class Delivery:
    """What a worker made: how it ended, and the archive of the run or of its partial notebooks."""

    state: RunState
    reason: str
    seconds: float
    run: bytes | str


class Cluster:
    """Workers of a Dask cluster, as a batch uses them."""

    def __init__(self, project: Project, address: str, settings: Settings, store: str = "") -> None:
        self._project = project
        self._address = address
        self._settings = settings
        self._store = store.rstrip("/")
        self._client: Client | None = None
        self._inputs: bytes | str = b""
        self._digest = ""

    def __enter__(self) -> Cluster:
        """Connect to the scheduler and make the archive of what runs read.

        Raises
        ------
        RunError
            When Dask is not installed, or no scheduler answers at the address.
        """
        try:
            from distributed import Client
        except ImportError:
            raise RunError(
                "batches on a cluster need the extra 'cluster': pip install -e '.[cluster]'."
            ) from None
        try:
            connect: Any = Client
            self._client = connect(self._address, timeout="10s", set_as_default=False)
        except (OSError, ValueError) as error:
            raise RunError(f"no Dask scheduler at {self._address}: {error}") from None
        archive = packed(self._project)
        self._digest = hashlib.sha256(archive).hexdigest()
        self._inputs = archive
        if self._store:
            self._inputs = f"{self._store}/{self._digest}/inputs.zip"
            _put(self._inputs, archive)
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the cluster; what it still does is given up."""
        if self._client is not None:
            self._client.close()  # type: ignore[no-untyped-call]

    def submit(self, step: Step) -> Future[Result]:
        """Have a run made by any worker, and put in its place here."""
        assert self._client is not None, "connected on entering"
        order = Order(
            self._inputs,
            self._digest,
            step.request.parameters.model_dump(),
            step.version,
            self._settings,
            self._store,
        )
        made: Any = self._client.submit(deliver, order, pure=False)
        promised: Future[Result] = Future()
        promised.set_running_or_notify_cancel()
        made.add_done_callback(lambda future: self._receive(step, future, promised))
        return promised

    def _receive(self, step: Step, made: Any, promised: Future[Result]) -> None:
        """Put what was delivered in its place, one run at a time."""
        try:
            delivery: Delivery = made.result()
            result = placed(self._project, step, delivery)
        except OffencesError as error:
            result = self._failed(step, str(error))
        except Exception as error:  # whatever a cluster can raise is this run's failure only
            message = " ".join(str(error).split())
            result = self._failed(step, f"{type(error).__name__}: {message}")
        promised.set_result(result)

    def _failed(self, step: Step, reason: str) -> Result:
        folder = self._project.relative(step.folder.parent)
        return Result(step.request.title, step.version, RunState.FAILED, folder, reason)


def deliver(order: Order) -> Delivery:
    """Make a run on this worker, in a folder of its own, and hand it over."""
    project = _unpacked(order)
    loaded = load(project)
    request = checked(project, loaded, **order.parameters)
    (step,) = plan(project, [request], read_claims(project, loaded))
    if step.version != order.version:
        raise RunError(
            f"the worker would make {step.version} where {order.version} was asked for: "
            "its code or packages differ."
        )
    settings = Settings(1, order.settings.engine, order.settings.limits)
    (result,) = batch.run(project, [request], settings=settings)
    folder = project.root / result.folder
    archive = _zipped(folder, [p for p in sorted(folder.rglob("*")) if p.is_file()])
    run: bytes | str = archive
    if order.store:
        run = f"{order.store}/{order.digest}/{request.folder}-{order.version}.zip"
        _put(run, archive)
    return Delivery(result.state, result.reason, result.seconds, run)


def placed(project: Project, step: Step, delivery: Delivery) -> Result:
    """Put a delivered run in its place, unless it is there already.

    Raises
    ------
    RunError
        When a file of the run is not as its manifest says.
    """
    home = step.folder.parent
    home.mkdir(parents=True, exist_ok=True)
    title = step.request.title
    state, where = delivery.state, step.folder
    with FileLock(home / ".lock"):
        clear_interrupted(home)
        with temporary_folder(home) as temporary:
            archive = delivery.run if isinstance(delivery.run, bytes) else _got(delivery.run)
            _unzip(archive, temporary)
            if delivery.state not in FINISHED:
                where = home / "failed"
                shutil.rmtree(where, ignore_errors=True)
                temporary.rename(where)
            elif not RunFolder(temporary).is_whole:
                raise RunError(f"{title}: a file of the run was lost on its way here.")
            elif RunFolder(step.folder).is_whole:
                state = RunState.UP_TO_DATE
            else:
                put_in_place(temporary, step.request, step.folder)
                state = RunState.MADE
    folder = project.relative(where)
    return Result(title, step.version, state, folder, delivery.reason, delivery.seconds)


def packed(project: Project) -> bytes:
    """Return the archive of everything that runs read but the code, the same for the same files."""
    files = [p for part in _TRAVELS for p in sorted((project.root / part).rglob("*"))]
    files += [project.root / name for name in _FILES]
    return _zipped(project.root, [p for p in files if p.is_file()])


def _zipped(root: Path, files: list[Path]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            name = path.relative_to(root).as_posix()
            archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _unzip(archive: bytes, folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        held.extractall(folder)


def _unpacked(order: Order) -> Project:
    """Return the project on this worker, unpacked once for each archive."""
    folder = Path.cwd() / "offences-work" / order.digest[:16]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not folder.is_dir():
            inputs = order.inputs if isinstance(order.inputs, bytes) else _got(order.inputs)
            if hashlib.sha256(inputs).hexdigest() != order.digest:
                raise RunError("the archive of inputs is not the one that was sent.")
            temporary = Path(tempfile.mkdtemp(dir=folder.parent))
            _unzip(inputs, temporary)
            temporary.rename(folder)
    return Project(folder.resolve())


def _put(address: str, content: bytes) -> None:
    import fsspec

    with fsspec.open(address, "wb", auto_mkdir=True) as file:
        file.write(content)


def _got(address: str) -> bytes:
    import fsspec

    with fsspec.open(address, "rb") as file:
        return bytes(file.read())
