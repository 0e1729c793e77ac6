"""The kit's version, in a module of its own.

In a course's folder with an `autograder/` of its own (its suites), `python -m autograder` under an editable install
sees a namespace package that is made of both, which has modules and nothing else.
"""

VERSION = "0.1.0"
