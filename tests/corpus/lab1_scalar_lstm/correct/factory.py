"""A factory makes the step from its squashing functions; functools.partial sets the lab's numbers."""
import functools
import math


def make_step(gate, squash):
    def step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
        forget_gate, input_gate, output_gate = (gate(v) for v in (forget_logit, input_logit, output_logit))
        c_tilde = squash(candidate_logit)
        c_t = forget_gate * c_prev + input_gate * c_tilde
        h_t = output_gate * squash(c_t)
        here = locals()
        return {k: here[k] for k in ("forget_gate", "input_gate", "output_gate", "c_tilde", "c_t", "h_t")}

    return step


@functools.lru_cache(maxsize=None)
def sigmoid(x):
    return 1 / (1 + math.exp(-x))


lstm_step = make_step(sigmoid, math.tanh)


def forget_gate_effect(forget_logits):
    at = functools.partial(lstm_step, 0.8, input_logit=0.2, output_logit=0.7, candidate_logit=0.9)
    return [at(forget_logit=logit)["c_t"] for logit in forget_logits]
