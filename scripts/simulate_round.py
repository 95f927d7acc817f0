"""``offences simulate`` from a checkout: write a SIMULATED round of returns."""

import sys

from offences.commands.simulate import main

if __name__ == "__main__":
    sys.exit(main())
