"""From the cells of a round to figures: sums, ages, genders, and platforms named in free text.

In come cells; out come figures with bounds, exact where the return allows it. Doors: ``settle``
and, for parts of millions of offences, ``bulk_counts``.
"""
