"""A run: what went in, where it lies, what it is given at its end, and who signed it.

In come executed notebooks with their tables and charts; out come a whole folder under ``figures/``
or nothing. Doors: ``notebook`` (for notebooks), ``run_folder`` (for readers), ``store``.
"""
