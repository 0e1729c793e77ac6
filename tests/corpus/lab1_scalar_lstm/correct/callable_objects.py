"""Classes with __call__; the step counts how often it was used."""
import math


class Sigmoid:
    def __call__(self, x):
        return 1.0 / (1.0 + math.exp(-x))


class LSTMStep:
    def __init__(self, squash):
        self.squash = squash
        self.calls = 0

    def gates(self, *logits):
        return [self.squash(logit) for logit in logits]

    def __call__(self, c_prev, forget_logit, input_logit, output_logit, candidate_logit):
        self.calls += 1
        f, i, o = self.gates(forget_logit, input_logit, output_logit)
        g = math.tanh(candidate_logit)
        c = f * c_prev + i * g
        return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": o * math.tanh(c)}


sigmoid = Sigmoid()
lstm_step = LSTMStep(sigmoid)
