"""Write what describes the data and the figures: the data package and what the READMEs show."""

from __future__ import annotations

import argparse
import sys

from offences import dictionary, readme
from offences.errors import OffencesError
from offences.project import Project


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if a file is stale"
    )
    asked = parser.parse_args(arguments)
    try:
        project = Project.find()
        texts = dictionary.written(project) | readme.written(project)
    except OffencesError as error:
        print(error, file=sys.stderr)
        return 2
    stale = [p for p, text in texts.items() if not p.exists() or p.read_text("utf-8") != text]
    for path in stale:
        if not asked.check:
            path.write_text(texts[path], encoding="utf-8")
        print(
            f"{project.relative(path)}: {'stale; run make describe' if asked.check else 'written'}"
        )
    return 1 if asked.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
