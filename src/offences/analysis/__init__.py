"""What the settled figures of a place say: totals, change, shares, victims, and doubts.

In come settled figures and the checked parameters of a run; out come tables, the headline numbers
and sentences. Doors: ``parameters`` and ``findings``, which computes each number once.
"""
