"""``offences describe`` from a checkout: write what describes the data."""

import sys

from offences.commands.describe import main

if __name__ == "__main__":
    sys.exit(main())
