"""Errors of people who run the kit, as opposed to errors of students."""

from __future__ import annotations


class UsageError(Exception):
    """Wrong usage or configuration: one message, whose first line says fact, place and fix; exit code 2."""


class GraderError(Exception):
    """A fault of the grader (a suite, the server, the disk): the submission gets no score, and a person must look."""


class StoppedError(GraderError):
    """The run can't go on, for no submission's sake; what is done is kept, and the next run does the rest."""


class GivenUpError(GraderError):
    """This submission can't be graded, and trying again would not help: whoever raises it has tried."""
