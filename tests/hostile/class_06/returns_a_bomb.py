"""class: 6
tries: return an object whose pickle writes a file when it is loaded
outcome: failed
"""

import pickle


class Bomb:
    def __reduce__(self):
        return (open, (FOLDER + "/exploded", "w"))



def sigmoid(x):
    return Bomb()


def forget_gate_effect(logits):
    return [Bomb() for _ in logits]
