"""The kit's exceptions outside of the sandbox: one tree. The sandbox has its own, in `sandbox.errors`.

KitError
├── UsageError               wrong usage or configuration: exit code 2
├── GraderError              a fault of ours: no score
│   ├── StoppedError         the run ends here, and what is done is kept
│   ├── GivenUpError         this submission can't be graded, by whoever tries again
│   └── SuiteBreaksError     (authoring.trials) a suite raised what is no outcome
├── RejectedError            (course.submission) the file can't be graded, for a reason of the student's
│   └── NothingHandedInError
├── UnreadableError          (course.notebook_json) it is no notebook
├── PackedError              (course.archive) what is packed can't be taken
│   └── TarError             (course.tar_files)
├── RefusedError             (grading.dask_worker) a worker that is not fit for this run
├── CheckFailed              (suite.stages) an outcome: the answer is wrong
└── StudentFailure           (suite.failures) an outcome: there is no answer
└── GivenStopped         (suite.given_functions) the lab's own function can't go on with the answers
"""

from __future__ import annotations


class KitError(Exception):
    """Base of the tree above."""


class UsageError(KitError):
    """Wrong usage or configuration: one message, whose first line says fact, place and fix; exit code 2."""


class GraderError(KitError):
    """A fault of the grader (a suite, the server, the disk): the submission gets no score, and a person must look."""


class StoppedError(GraderError):
    """The run can't go on, for no submission's sake; what is done is kept, and the next run does the rest."""


class GivenUpError(GraderError):
    """This submission can't be graded, and trying again would not help: whoever raises it has tried."""
