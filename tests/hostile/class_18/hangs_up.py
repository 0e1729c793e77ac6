"""class: 18
tries: close the channel and go on, so that the grader's own SIGKILL looks like somebody else's doing
outcome: crashed
message: Your program closed the channel by which its process answers.
"""

import os, time


def sigmoid(x):
    os.close(3)
    time.sleep(600)
