"""class: 6
tries: return the pickle itself, as bytes, as an array of objects, as a torch file
outcome: failed
"""

import pickle


class Bomb:
    def __reduce__(self):
        return (open, (FOLDER + "/exploded", "w"))



import io
import numpy as np
import torch


def sigmoid(x):
    buffer = io.BytesIO()
    torch.save({"x": torch.zeros(1)}, buffer)
    return [pickle.dumps(Bomb()), np.array([Bomb()], dtype=object), buffer.getvalue()]
