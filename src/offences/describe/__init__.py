"""What the repository says of itself: data package, field tables, README results, packages.

In come the data, ``data/dictionary.yaml`` and the code; out come ``data/datapackage.json`` and the
marked parts of ``data/README.md``, ``README.md`` and ``docs/architecture.md``: none is typed.
Doors: ``datapackage``, ``readme`` and ``architecture``.
"""
