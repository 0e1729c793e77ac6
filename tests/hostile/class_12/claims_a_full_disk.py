"""class: 12
tries: say that the disk is full, so that its zero becomes the machine's fault
outcome: crashed
message: no room
"""

import errno


def sigmoid(x):
    open("x", "w").write("x")
    raise OSError(errno.ENOSPC, "No space left on device")
