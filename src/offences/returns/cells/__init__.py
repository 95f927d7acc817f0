"""What the cells of a received table are about, as its layout declares or as it is recognised.

In come grids of text and layouts; out come cells that know their force, period and measure, each
with value, bounds and status. Doors: ``read_cells`` and ``recognise``.
"""
