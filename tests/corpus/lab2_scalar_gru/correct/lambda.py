"""One lambda."""
gru_step = lambda h_prev, x_t, update_logit, reset_logit: (lambda z, r: (lambda n: dict(update_gate=z, reset_gate=r, h_candidate=n, h_t=(1 - z) * h_prev + z * n))(np.tanh(x_t + r * h_prev)))(sigmoid(update_logit), sigmoid(reset_logit))
