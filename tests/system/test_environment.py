"""The environment files agree with one another and with what is installed.

``pyproject.toml`` says what the project needs, ``requirements.lock`` pins all of it with
hashes, and ``environment.yml`` gives conda users the same lock.
"""

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ENVIRONMENT: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))


class Pin(NamedTuple):
    """One entry of the lock."""

    requirement: Requirement
    options: tuple[str, ...]

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        (specifier,) = self.requirement.specifier
        assert specifier.operator == "==", f"not an exact pin: {self.requirement}"
        assert not specifier.version.endswith("*"), f"not an exact pin: {self.requirement}"
        return specifier.version

    @property
    def applies_here(self) -> bool:
        """Whether the entry's marker, if it has one, holds for the running Python."""
        return self.requirement.marker is None or self.requirement.marker.evaluate()


def lock_entries() -> list[str]:
    """Return the lock's entries without comments, each on one line."""
    text = LOCK.read_text("utf-8").replace("\\\n", " ")
    lines = (re.sub(r"(^|\s)#.*", "", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def read_lock() -> list[Pin]:
    """Return the lock's pins with the options (the hashes) that follow each."""
    pins = []
    for entry in lock_entries():
        requirement, *options = re.split(r"\s+(?=--)", entry)
        pins.append(Pin(Requirement(requirement), tuple(options)))
    return pins


def declared() -> list[str]:
    """Return all that pyproject.toml asks for: to build, to run, and in every extra.

    What the build needs is among them because the project is installed without build
    isolation.
    """
    project = PROJECT["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    return [*PROJECT["build-system"]["requires"], *project["dependencies"], *extras]


@pytest.mark.parametrize("line", declared())
def test_dependency_is_pinned(line: str) -> None:
    """The lock pins every dependency at a version that pyproject.toml allows."""
    wanted = Requirement(line)
    pins = [pin for pin in read_lock() if pin.name == canonicalize_name(wanted.name)]
    assert pins, f"{wanted.name} is not in requirements.lock: run `make lock`"
    for pin in pins:
        assert wanted.specifier.contains(pin.version, prereleases=True), (
            f"pyproject.toml asks for {wanted}, the lock has {pin.version}: run `make lock`"
        )
    if wanted.marker is None or wanted.marker.evaluate():
        assert any(pin.applies_here for pin in pins), f"no pin of {wanted.name} applies here"


def test_pins_have_hashes() -> None:
    """Every entry of the lock is an exact pin followed by sha256 hashes and nothing else."""
    pins = read_lock()
    assert pins
    for pin in pins:
        assert pin.version
        assert pin.options, f"{pin.requirement} has no hash"
        for option in pin.options:
            assert re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", option), (
                f"{pin.requirement}: unexpected {option}"
            )


def test_lock_names_no_address() -> None:
    """The lock holds no URL and no option, so packages come from the user's own index."""
    text = LOCK.read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"\bhttps?:", text)
    assert "file:" not in text
    assert [entry for entry in lock_entries() if entry.startswith("-")] == []
    assert [pin.requirement for pin in read_lock() if pin.requirement.url] == []


def conda_packages() -> list[str]:
    """Return what environment.yml has conda install."""
    return [item for item in ENVIRONMENT["dependencies"] if isinstance(item, str)]


def test_environment_installs_the_lock() -> None:
    """environment.yml installs the lock through pip and names only python and pip itself."""
    pip_parts = [item for item in ENVIRONMENT["dependencies"] if not isinstance(item, str)]
    assert pip_parts == [{"pip": ["-r requirements.lock"]}]
    names = [re.split(r"[\s<>=!~]", item, maxsplit=1)[0] for item in conda_packages()]
    assert sorted(names) == ["pip", "python"]


def test_environment_channels() -> None:
    """environment.yml takes Python from conda-forge only, named without an address."""
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    assert "://" not in (ROOT / "environment.yml").read_text("utf-8")


def test_environment_python_range() -> None:
    """Every Python that environment.yml allows is one that pyproject.toml allows."""
    (python,) = (item for item in conda_packages() if item.startswith("python"))
    offered = SpecifierSet(python.removeprefix("python"))
    required = SpecifierSet(PROJECT["project"]["requires-python"])
    versions = [
        f"{major}.{minor}.{patch}"
        for major in (2, 3, 4)
        for minor in range(40)
        for patch in (0, 99)
    ]
    allowed = set(offered.filter(versions))
    assert allowed
    assert sorted(allowed - set(required.filter(versions))) == []


def test_installed_versions() -> None:
    """What is installed here is what the lock pins for this Python and platform."""
    differing = {}
    for pin in read_lock():
        if not pin.applies_here:
            continue
        try:
            installed = importlib.metadata.version(pin.name)
        except importlib.metadata.PackageNotFoundError:
            installed = "not installed"
        if installed != pin.version:
            differing[pin.name] = f"installed: {installed}, lock: {pin.version}"
    assert differing == {}


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports", "--no-cache"),
    ],
    ids=" ".join,
)
def test_lint(command: tuple[str, ...]) -> None:
    """The commands of `make lint` find nothing to complain about."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}{done.stderr}"
