"""A closure from a factory, with default arguments and extra keywords taken."""


def build(gate, squash):
    def step(h_prev=0.0, x_t=0.0, update_logit=0.0, reset_logit=0.0, **more):
        z, r = gate(update_logit), gate(reset_logit)
        n = squash(x_t + r * h_prev)
        return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n, "more": more}

    return step


gru_step = build(sigmoid, np.tanh)
