"""class: 12
tries: loop for ever
outcome: timeout
message: No answer within 1.5 s
"""

def sigmoid(x):
    while True:
        pass
