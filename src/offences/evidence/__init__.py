"""What all printed figures say together: bounds, their proofs, conflicts, and what follows.

In come settled figures of offences; out come bounds of any sum of forces and months, each with the
printed figures that prove it, and the figures that cannot all be true. Nothing is imputed: bounds
are what must be true if the figures are. Doors: ``implied``, whose evidence is shared by all places
of a day, and ``follows``; ``certificates`` has the proofs.
"""
