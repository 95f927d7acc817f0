"""The words of the field: periods, places, platforms, measures, what one printed cell can be.

In come the tables of ``data/reference`` and the text of a cell; out go typed values with bounds.
Doors: ``vocabulary`` (all names at once), ``periods``, ``bounds``, ``cells``.
"""
