"""Charts: every status drawn apart, no series by colour alone, the finding on top.

In come tables that are computed already; out come figures of matplotlib, and for each the files
that are saved. Doors: ``force_charts``, ``platform_charts``, ``claim_charts`` and ``save``.
"""
