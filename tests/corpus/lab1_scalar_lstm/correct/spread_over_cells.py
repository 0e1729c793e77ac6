"""Constants and helpers spread over several cells, an experiment that raises, and a decorator."""
# %% front
import functools, math
LAB = dict(input_logit=0.2, output_logit=0.7, candidate_logit=0.9)
C0 = 0.8
# %% front
1 / 0
def sigmoid(x):
    return "never reached"
# %% front
def logged(function):
    log = []
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        log.append((args, kwargs))
        return function(*args, **kwargs)
    wrapper.log = log
    return wrapper
# %% answer sigmoid
@logged
def sigmoid(x):
    return 1 / (1 + math.exp(-x))
# %% answer forget_gate_effect
def forget_gate_effect(forget_logits):
    return [lstm_step(C0, forget_logit, **LAB)["c_t"] for forget_logit in forget_logits]
# %% end
sigmoid.log.clear()
C0 = 0.8
