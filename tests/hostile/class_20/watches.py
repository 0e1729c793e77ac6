"""class: 20
tries: watches of files, which nothing of ours counts
outcome: error
"""

import fcntl, os, struct


import ctypes


def sigmoid(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.inotify_init1(0) < 0:
        raise OSError(ctypes.get_errno(), "no watches")
    return 0.0
