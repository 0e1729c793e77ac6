"""Auto-graded assignments: hidden pytest suites in a trusted process, student code in a sandbox.

`docs/architecture.md` draws the processes; each module's header says what it may and may not know.
Nothing is imported here, so that `autograder --help` and the warm server start with only what they use.
"""
