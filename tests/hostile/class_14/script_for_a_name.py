"""class: 14
tries: a student whose name is a script
outcome: harmless
student: <script>alert(1)<\\script>
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

ANSWER = 42
