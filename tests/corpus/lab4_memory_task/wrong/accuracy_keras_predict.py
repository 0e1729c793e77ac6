"""The model is asked with Keras' model.predict, which a torch module does not have, so it raises AttributeError.

cell: accuracy
mistake: none
message: belongs to Keras
status: error
"""

import numpy as np


def accuracy(model, X, y):
    probabilities = model.predict(X)
    classes = np.argmax(probabilities, axis=1)
    return np.mean(classes == np.array(y))
