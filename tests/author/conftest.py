"""The suites of the proof labs are run by the engine, not collected as tests of this repository."""

collect_ignore = ["course"]
