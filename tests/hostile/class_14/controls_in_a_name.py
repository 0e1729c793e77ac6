"""class: 14
tries: a student whose name moves the cursor and turns the reading direction
outcome: harmless
student: eve\x1b[2J\u202egpj\t@SUM(A1)
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

ANSWER = 42
