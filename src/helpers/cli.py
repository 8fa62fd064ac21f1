"""The command ``briefs``."""


def main() -> None:
    """Run the command line."""
