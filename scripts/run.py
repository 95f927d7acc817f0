"""``offences run`` from a checkout: make runs."""

import sys

from offences.commands.run import main

if __name__ == "__main__":
    sys.exit(main())
