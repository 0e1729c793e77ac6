"""class: 14
tries: script in the line of code that the report quotes
outcome: error
honest: sigmoid
score: 2
"""

def lstm_step(*args, **kwargs): "</code><script>alert(1)</script><b onclick=alert(1)>"; raise KeyError("<script>")
