"""The name is a class that is a dict: calling it makes the answer."""


class gru_step(dict):
    def __init__(self, h_prev, x_t, update_logit, reset_logit):
        z, r = sigmoid(update_logit), sigmoid(reset_logit)
        n = np.tanh(x_t + r * h_prev)
        super().__init__(update_gate=z, reset_gate=r, h_candidate=n, h_t=(1 - z) * h_prev + z * n)
