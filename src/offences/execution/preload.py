"""What the server process of ``processes`` imports, so that no notebook waits for it.

Listed by hand, as a server must start where there are no notebooks too; a test compares the list
with what the notebooks import.
"""

from __future__ import annotations

import gc
import importlib
from contextlib import suppress

import ipykernel.kernelapp  # noqa: F401
import PIL.Image
import seaborn  # noqa: F401

import offences.analysis.headline  # noqa: F401
import offences.analysis.queries  # noqa: F401
import offences.charts.claim_charts  # noqa: F401
import offences.charts.force_charts  # noqa: F401
import offences.charts.platform_charts  # noqa: F401
import offences.claims.ledger  # noqa: F401
import offences.execution.execute  # noqa: F401
import offences.runs.complete  # noqa: F401
import offences.runs.notebook  # noqa: F401

LATE = (
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "pandera.accessors.pandas_accessor",
    "pandera.backends.pandas.register",
    "pandera.strategies.pandas_strategies",
)
"""What libraries import on first use only; one that is not there is passed over."""

PIL.Image.preinit()
for _name in LATE:
    with suppress(ImportError):
        importlib.import_module(_name)

# Children share these pages for as long as nobody touches them; the collector would.
gc.collect()
gc.freeze()
