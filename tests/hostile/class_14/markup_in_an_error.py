"""class: 14
tries: script and handlers in an error message that is shown
outcome: error
honest: sigmoid
score: 2
"""

def lstm_step(*args, **kwargs):
    raise ValueError("</pre><script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a>")
