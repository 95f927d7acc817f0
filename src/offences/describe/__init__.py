"""What the repository says of itself: the data package, the dictionary and the README's results.

In come the data and ``data/dictionary.yaml``; out come texts made from them, so that none is typed.
Doors: ``datapackage`` and ``readme``.
"""
