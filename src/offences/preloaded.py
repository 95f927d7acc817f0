"""What the server process of ``processes`` imports, so that no notebook waits for it."""

from __future__ import annotations

import ipykernel.kernelapp  # noqa: F401
import seaborn  # noqa: F401

import offences.analysis  # noqa: F401
import offences.claim_charts  # noqa: F401
import offences.execution  # noqa: F401
import offences.force_charts  # noqa: F401
import offences.headline  # noqa: F401
import offences.ledger  # noqa: F401
import offences.platform_charts  # noqa: F401
