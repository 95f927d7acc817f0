"""``offences review`` from a checkout: review a run."""

import sys

from offences.commands.review import main

if __name__ == "__main__":
    sys.exit(main())
