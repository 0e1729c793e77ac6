"""class: 14
tries: a student whose name is a formula
outcome: harmless
student: =HYPERLINK('x','y')
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

ANSWER = 42
