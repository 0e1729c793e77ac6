"""class: 5
tries: leave a process behind by fork, double fork, subprocess, and hold stdout open
outcome: failed
"""

import os, subprocess, sys, time


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except OSError:
        return None


def sigmoid(x):
    attempt(os.setsid)
    attempt(os.setpgid, 0, 0)
    if attempt(os.fork) == 0:
        attempt(os.setsid)
        time.sleep(30)
        os._exit(0)
    attempt(subprocess.Popen, [sys.executable, "-c", "import time; time.sleep(30)"], start_new_session=True)
    attempt(os.posix_spawn, "/bin/sleep", ["sleep", "30"], {})
    return 0.0
