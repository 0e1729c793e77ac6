"""The stub is left, the answer stands under %%time at the end, after a wrong one."""
# %% answer gru_step
def gru_step(h_prev, x_t, update_logit, reset_logit):
    raise NotImplementedError("gru_step: replace this line with your code")
# %% end
def gru_step(h_prev, x_t, update_logit, reset_logit):
    return {"h_t": h_prev}
# %% end
%%time
def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = sigmoid(update_logit), sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
gru_step(0.7, 1.1, 0.8, -0.3)["h_t"].backward()
