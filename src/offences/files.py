"""Files of the checkout: YAML read as models, and checksums."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from offences.errors import DataError
from offences.project import Project

Model = TypeVar("Model", bound=BaseModel)


SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads plain values only; the one in C where PyYAML was built with it."""


def read_yaml(project: Project, path: Path, model: type[Model]) -> Model:
    """Read a YAML file as a pydantic model; nothing in it is executed.

    Raises
    ------
    DataError
        Naming the file and the entries that are wrong.
    """
    name = project.relative(path)
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), SAFE)
    except OSError as error:
        raise DataError(name, f"cannot be read ({error.strerror}).") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError(name, f"is not well-formed YAML: {error}") from error
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'the file'}: "
            + e["msg"].removeprefix("Value error, ").rstrip(".")
            for e in error.errors()
        )
        raise DataError(name, f"{problems}. Known: {', '.join(model.model_fields)}.") from error


def checksums(project: Project, *folders: Path) -> dict[str, str]:
    """Return the SHA-256 of every file under the folders, by path from the root."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {project.relative(path): sha256(path) for path in files}


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
