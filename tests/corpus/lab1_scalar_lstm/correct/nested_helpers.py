"""Helper functions inside the function, and one that rebinds a local of the outer one."""
import numpy as np


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    def gate(logit):
        def positive(z):
            return 1 / (1 + np.exp(-z))

        return positive(logit) if logit > 0 else 1 - positive(-logit)

    memory = c_prev

    def update(f, i, g):
        nonlocal memory
        memory = memory * f
        memory = memory + i * g

    f, i, o, g = gate(forget_logit), gate(input_logit), gate(output_logit), np.tanh(candidate_logit)
    update(f, i, g)
    return {"h_t": o * np.tanh(memory), "c_t": memory, "c_tilde": g,
            "output_gate": o, "input_gate": i, "forget_gate": f}
