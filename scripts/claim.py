"""``offences claim`` from a checkout: draft a sentence or list verdicts."""

import sys

from offences.commands.claim import main

if __name__ == "__main__":
    sys.exit(main())
