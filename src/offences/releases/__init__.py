"""From printed pages to settled figures: what was published, when, and what holds by a day.

In come the folders of ``data/raw``; out come observations, what each release says, and one settled
figure for each place, period and measure. Doors: ``load`` and ``clean``; ``schemas`` has the
columns of the tables.
"""
