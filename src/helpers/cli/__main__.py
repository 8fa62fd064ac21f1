"""``python -m helpers.cli`` is ``briefs``."""

from helpers.cli import main

main()
