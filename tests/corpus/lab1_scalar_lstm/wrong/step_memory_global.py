"""Keeps the memory in a global from call to call, in place of c_prev.

cell: lstm_step
mistake: differs from call to call
message: two answers to the same question
"""
memory = 0.8


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    global memory
    f, i, o = sigmoid(forget_logit), sigmoid(input_logit), sigmoid(output_logit)
    g = np.tanh(candidate_logit)
    memory = f * memory + i * g
    return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": memory,
            "h_t": o * np.tanh(memory)}


def forget_gate_effect(forget_logits):
    return [0.8 * sigmoid(l) + sigmoid(0.2) * np.tanh(0.9) for l in forget_logits]
