"""The command line: `main` and what its commands share, the commands of authors and of reports, `doctor`."""
