"""Helpers and constants have names that checks and demonstrations below bind to something else."""

first = 1.0


def gate(logit):
    return first / (first + np.exp(-logit))


def sigmoid(x):
    return gate(x)


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f, i, o = (gate(logit) for logit in (forget_logit, input_logit, output_logit))
    value = np.tanh(candidate_logit)
    c = f * c_prev + i * value
    return {
        "forget_gate": f,
        "input_gate": i,
        "output_gate": o,
        "c_tilde": value,
        "c_t": c,
        "h_t": o * np.tanh(c),
    }


def memory(logit):
    return lstm_step(0.8, logit, 0.2, 0.7, 0.9)


def forget_gate_effect(forget_logits):
    return [memory(logit)["c_t"] for logit in forget_logits]
