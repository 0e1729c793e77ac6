"""Errors of people who run the kit, as opposed to errors of students."""

from __future__ import annotations


class UsageError(Exception):
    """Wrong usage or configuration: one message, whose first line says fact, place and fix; exit code 2."""


class GraderError(Exception):
    """A fault of the grader (a suite, the server, the disk): the submission gets no score, and a person must look."""
