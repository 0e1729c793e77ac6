"""Annotates with names that nobody has defined."""


# %% answer gru_step
def gru_step(h_prev: Number, x_t: "Nmber", update_logit, reset_logit: jnp.ndarray) -> Dict[str, Number]:
    z, r = sigmoid(update_logit), sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
