"""class: 12
tries: start threads without end
outcome: crashed
message: threads at once
"""

import threading, time


def sigmoid(x):
    while True:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
