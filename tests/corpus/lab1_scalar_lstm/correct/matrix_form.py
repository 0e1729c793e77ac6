"""The gates in one go by a vector, the memory by a dot product."""
import numpy as np


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    gates = 1 / (1 + np.exp(-np.array([forget_logit, input_logit, output_logit])))
    signal = np.array([c_prev, np.tanh(candidate_logit)])
    c_t = gates[:2] @ signal
    values = np.concatenate([gates, [signal[1], c_t, gates[2] * np.tanh(c_t)]])
    return {k: v for k, v in zip("forget_gate input_gate output_gate c_tilde c_t h_t".split(), values)}


def forget_gate_effect(forget_logits):
    effects = np.empty(len(forget_logits))
    for place in range(len(forget_logits)):
        effects[place] = lstm_step(0.8, forget_logits[place], 0.2, 0.7, 0.9)["c_t"]
    return effects.tolist()
