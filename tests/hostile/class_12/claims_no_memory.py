"""class: 12
tries: say that memory has run out, so that its zero becomes the machine's fault
outcome: memory
"""


def sigmoid(x):
    raise MemoryError
