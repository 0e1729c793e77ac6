"""A cell as a class with static methods; gru_step is an instance."""


class GRU:
    keys = ["update_gate", "reset_gate", "h_candidate", "h_t"]

    @staticmethod
    def candidate(x, h, r):
        return np.tanh(x + r * h)

    @staticmethod
    def mix(old, new, share):
        return old - share * old + share * new

    def __call__(self, h_prev, x_t, update_logit, reset_logit):
        z, r = map(sigmoid, (update_logit, reset_logit))
        n = self.candidate(x_t, h_prev, r)
        return dict(zip(self.keys, [z, r, n, self.mix(h_prev, n, z)]))


gru_step = GRU()
