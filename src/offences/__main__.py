"""``python -m offences``: the command line where its entry point is not on the path."""

import sys

from offences.commands.main import main

sys.exit(main())
