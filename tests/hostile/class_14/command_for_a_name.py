"""class: 14
tries: a student whose name is a command for old spreadsheets, behind a semicolon
outcome: harmless
student: ann;=cmd|' \\C calc'!A0
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

ANSWER = 42
