"""Every way in which public figures give a quantity, each with what it rests on.

In come a question and what is known; out come readings with value, bounds and caveats. Door:
``claims.quantities``, which names the readings of each quantity.
"""
