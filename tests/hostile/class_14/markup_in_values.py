"""class: 14
tries: script in values, keys and type names that a report shows
outcome: failed
honest: sigmoid
score: 2
"""

def lstm_step(*args, **kwargs):
    return {"<script>alert(1)</script>": "<img src=x onerror=alert(1)>", "\u202egpj.exe": "\x1b]0;owned\x07", "=1+1": "=1+1"}


def forget_gate_effect(logits):
    return "<svg onload=alert(1)>{{ 7 * 7 }}{% raise %}"
