"""The run's provenance as a Process Run Crate: one action a notebook, inputs with checksums.

The profile is https://w3id.org/ro/wfrun/process/0.5, on RO-Crate 1.1.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from rocrate.model.contextentity import ContextEntity
from rocrate.rocrate import ROCrate

from offences.analysis.parameters import Request
from offences.files import sha256
from offences.runs.run_folder import CRATE, RunFolder

_PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_LICENCE = "https://spdx.org/licenses/CC-BY-4.0"
_TYPES = {
    ".csv": "text/csv",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write(
    request: Request, run: RunFolder, given: dict[str, str], packages: dict[str, str]
) -> Path:
    """Write the crate's metadata beside a run's files, and return it.

    Parameters
    ----------
    given
        SHA-256 of every input of the run, by path from the project's root.
    packages
        Versions of the packages the notebooks ran with.
    """
    crate: Any = ROCrate(version="1.1")
    crate.name = f"Recorded offences of sexual communication with a child: {request.in_words()}"
    crate.description = (
        "Figures as printed in public, analysed by executed notebooks. Counts are what police "
        "forces recorded; nothing is filled in."
    )
    crate.datePublished = request.newest.isoformat()
    crate.license = crate.add(
        ContextEntity(crate, _LICENCE, {"@type": "CreativeWork", "name": "CC BY 4.0"})
    )
    crate.root_dataset["conformsTo"] = crate.add(
        ContextEntity(
            crate,
            _PROFILE,
            {"@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        )
    )
    files = {name: _file(crate, run.path / name, name) for name in run.files if name != CRATE}
    inputs = [*_inputs(crate, run, given), *_parameters(crate, request)]
    software = [_package(crate, name, version) for name, version in packages.items()]
    for path in run.notebooks:
        action = _action(crate, path, inputs, files)
        action["instrument"] = _notebook(crate, path.stem, software)
        crate.root_dataset.append_to("mentions", action)
    path = run.path / CRATE
    text = json.dumps(crate.metadata.generate(), indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")
    return path


def _file(crate: Any, path: Path, name: str) -> Any:
    properties = {
        "name": name,
        "encodingFormat": _TYPES.get(path.suffix, "application/octet-stream"),
        "contentSize": str(path.stat().st_size),
        "sha256": sha256(path),
    }
    return crate.add_file(path, name, properties=properties)


def _inputs(crate: Any, run: RunFolder, given: dict[str, str]) -> list[Any]:
    """Return the raw and reference files that went in, each with the pages it was read from."""
    read = run.table_as_text("sources")
    pages: dict[str, list[Any]] = {}
    for source, url in zip(read["source"], read["url"], strict=True):
        if url.startswith("http"):
            page = crate.dereference(url) or crate.add(
                ContextEntity(crate, url, {"@type": "WebPage", "name": source, "url": url})
            )
            pages.setdefault(source.partition("/")[0], []).append(page)
    found = []
    for name, digest in given.items():
        if not name.startswith("data/"):
            continue
        properties = {
            "@type": "CreativeWork",
            "name": name,
            "identifier": f"sha256:{digest}",
            "sha256": digest,
        }
        entity = crate.add(ContextEntity(crate, f"#{name}", properties))
        release = name.split("/")[2]
        if release in pages and name.endswith(".csv"):
            entity["isBasedOn"] = _single(pages[release])
        found.append(entity)
    return found


def _parameters(crate: Any, request: Request) -> list[Any]:
    return [
        crate.add(
            ContextEntity(
                crate,
                f"#parameter-{name}",
                {"@type": "PropertyValue", "name": name, "value": value},
            )
        )
        for name, value in request.parameters.model_dump().items()
    ]


def _package(crate: Any, name: str, version: str) -> Any:
    address = f"https://pypi.org/project/{name}/{version}/"
    properties = {
        "@type": "SoftwareApplication",
        "name": name,
        "softwareVersion": version,
        "url": address,
    }
    return crate.add(ContextEntity(crate, address, properties))


def _notebook(crate: Any, name: str, software: list[Any]) -> Any:
    properties = {
        "@type": "SoftwareApplication",
        "name": f"notebook {name}",
        "url": f"notebooks/{name}.ipynb",
    }
    entity = crate.add(ContextEntity(crate, f"#notebook-{name}", properties))
    entity["softwareRequirements"] = software
    return entity


def _action(crate: Any, notebook: Path, inputs: list[Any], files: dict[str, Any]) -> Any:
    """Return the execution of one notebook: when, from what, and which files it wrote."""
    book = json.loads(notebook.read_text(encoding="utf-8"))
    times = book["metadata"]["papermill"]
    code = "".join("".join(c["source"]) for c in book["cells"] if c["cell_type"] == "code")
    written = (name for name in files if f'"{Path(name).stem}"' in code and "/" not in name)
    made = [f"notebooks/{notebook.name}", *written]
    properties = {
        "@type": "CreateAction",
        "name": f"Execution of {notebook.stem}",
        "description": f"papermill executed the notebook {notebook.stem} with the parameters "
        "of the run",
        "startTime": _time(times["start_time"]),
        "endTime": _time(times["end_time"]),
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }
    action = crate.add(ContextEntity(crate, f"#execution-{notebook.stem}", properties))
    action["object"] = inputs
    action["result"] = _single([files[one] for one in made])
    return action


def _single(entities: list[Any]) -> Any:
    """Return a list of one as that one, as RO-Crate asks."""
    return entities[0] if len(entities) == 1 else entities


def _time(text: str) -> str:
    """Return a time as papermill writes it, in UTC without saying so, to the second."""
    moment = datetime.datetime.fromisoformat(text)
    return moment.replace(microsecond=0, tzinfo=datetime.UTC).isoformat()
