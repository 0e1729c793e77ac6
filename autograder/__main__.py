"""`python -m autograder`, and the `autograder` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from autograder.cli.standard_streams import open_all

    open_all()
    try:
        from autograder.cli.main import run
    except KeyboardInterrupt:  # before there is anybody who would say so
        raise SystemExit("autograder: stopped") from None

    run()


if __name__ == "__main__":
    main()
