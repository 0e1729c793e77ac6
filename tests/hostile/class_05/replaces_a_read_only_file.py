"""class: 5
tries: delete a read-only file and make it anew; rename; link
outcome: failed
"""

import os


def attempt(function, *args):
    try:
        function(*args)
    except OSError:
        pass


def sigmoid(x):
    for path in (READ_ONLY, CANARY, NEIGHBOUR):
        attempt(os.chmod, path, 0o777)
        attempt(os.truncate, path, 0)
        attempt(os.rename, path, path + ".old")
        attempt(os.replace, path, "taken")
        attempt(os.link, path, "hard")
        attempt(os.symlink, path, "soft")
        attempt(os.unlink, path)
        attempt(os.utime, path, (1, 1))
    return 0.0
