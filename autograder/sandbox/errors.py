"""The sandbox's exceptions: one tree, which knows nothing of the kit's other ones.

SandboxError
├── SandboxUnavailable   this machine can't confine: nothing was run
├── ServerLost           the warm server is gone: our fault
├── ProtocolError        a child sent what no honest child sends
├── TooLargeError        (values) an answer over the caps
├── MissingNameError     (server.exceptions, in the child) nothing is called so
└── ChildFailure         a question got no good answer
├── Crashed
├── TimedOut
└── OutOfMemory
"""

from __future__ import annotations

SWITCH = "pass --no-sandbox"
"""The way to do without a sandbox, on our own command line; elsewhere there are other ways."""


class SandboxError(Exception):
    """Base of the tree above."""


class SandboxUnavailable(SandboxError):
    """This machine can't confine student code: nothing was run.

    The one argument is one line for the person who grades: what is missing, then what to do about it.
    """

    def told(self, switch: str) -> str:
        """The line, with another way to do without a sandbox."""
        return str(self).replace(SWITCH, switch)


class ServerLost(SandboxError):  # it reads as the event that it reports
    """The warm server is gone or can't start: the grader's fault, never the student's."""


class ProtocolError(SandboxError):
    """A child sent something that no honest child sends."""


class ChildFailure(SandboxError):  # the base of several outcomes
    """A question to a child got no good answer; `status` is the check status that follows.

    The message is a sentence for the student.
    """

    status = "crashed"
    exact = ""  # the sentence with what the program chose of it: an exit code, a signal
    doubt = ""  # what may have been the place's fault as well: "killed" (no program of a student's can do that), "died"

    def told(self, *, shown: bool) -> str:
        """The sentence; what the program chose of it stands there where that may be `shown`."""
        return (self.exact if shown else "") or str(self)


class Crashed(ChildFailure):
    """The student's process ended, or broke the protocol, before it answered."""


class TimedOut(ChildFailure):
    """No answer within the limit; the process was stopped."""

    status = "timeout"


class OutOfMemory(ChildFailure):
    """The student's code asked for more memory than the limit."""

    status = "memory"
