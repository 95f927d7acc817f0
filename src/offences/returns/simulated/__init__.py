"""SIMULATED rounds: what forces might send, in the layouts they do send, with the truth beside.

In comes a seed; out comes a folder like a real round. Nothing in it is real. Door:
``simulated_round``.
"""
