"""The stubs are left in their cells; the answers stand in new cells at the end, after a first try that was wrong."""
# %% answer sigmoid
def sigmoid(x):
    raise NotImplementedError("sigmoid: replace this line with your code")
# %% answer lstm_step
def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    raise NotImplementedError("lstm_step: replace this line with your code")
# %% answer forget_gate_effect
def forget_gate_effect(forget_logits):
    raise NotImplementedError("forget_gate_effect: replace this line with your code")
# %% end
def sigmoid(x):
    return 1 + np.exp(-x)
# %% end
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

print(sigmoid(0.0))
# %% end
def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f = sigmoid(forget_logit); i = sigmoid(input_logit); o = sigmoid(output_logit)
    g = np.tanh(candidate_logit)
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": h}
# %% end
def forget_gate_effect(forget_logits):
    return [lstm_step(0.8, x, 0.2, 0.7, 0.9)["c_t"] for x in forget_logits]
# %% end
forget_gate_effect([1, -1])[7]
