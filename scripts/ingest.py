"""``offences ingest`` from a checkout: take in a round of returns."""

import sys

from offences.commands.ingest import main

if __name__ == "__main__":
    sys.exit(main())
