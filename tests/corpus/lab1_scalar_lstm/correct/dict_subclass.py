"""A dict class of the student's own whose keys can be read as attributes."""
import math


class Step(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    s = Step()
    s.forget_gate, s.input_gate, s.output_gate = map(sigmoid, [forget_logit, input_logit, output_logit])
    s.c_tilde = math.tanh(candidate_logit)
    s.c_t = s.forget_gate * c_prev + s.input_gate * s.c_tilde
    s.h_t = s.output_gate * math.tanh(s.c_t)
    return s


def forget_gate_effect(forget_logits):
    effect = []
    for logit in forget_logits:
        effect.append(lstm_step(0.8, logit, 0.2, 0.7, 0.9).c_t)
    return effect
