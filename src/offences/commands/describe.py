"""Write what is made from data and code, so that no text of ours differs from them.

The data package, the field tables in data/README.md, the results in README.md, and the picture and
the list of packages in docs/architecture.md.

Run it after any change of data, of data/dictionary.yaml or of packages, and when a module, a public
class or function, or the first sentence of a module or package is new, changed or gone.

    offences describe           writes what is stale, and names it
    offences describe --check   writes nothing

Exit status: 0 when it was done, 1 when --check found a stale file, 2 when something cannot be read.
"""

from __future__ import annotations

import sys
from pathlib import Path

from offences.commands import options
from offences.describe import architecture, datapackage, readme
from offences.errors import OffencesError
from offences.project import Project


def main(arguments: list[str] | None = None, prog: str | None = None) -> int:
    """Run the command line and return its exit status."""
    parser = options.parser(prog, __doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if a file is stale"
    )
    asked = parser.parse_args(arguments)
    try:
        project = Project.find()
        stale = sum(
            _bring_up_to_date(project, made.written(project), asked.check)
            for made in (datapackage, readme, architecture)
        )
    except OffencesError as error:
        print(error, file=sys.stderr)
        return 2
    return 1 if asked.check and stale else 0


def _bring_up_to_date(project: Project, texts: dict[Path, str], only_check: bool) -> int:
    """Write the files that are stale, or only say which they are, and return how many."""
    stale = [p for p, text in texts.items() if not p.exists() or p.read_text("utf-8") != text]
    for path in stale:
        if not only_check:
            path.write_text(texts[path], encoding="utf-8")
        print(
            f"{project.relative(path)}: {'stale; run make describe' if only_check else 'written'}"
        )
    return len(stale)
