"""Hands the inputs back."""


def sigmoid(x):
    return x


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    return dict(zip(["forget_gate", "input_gate", "output_gate", "c_tilde", "c_t", "h_t"], [forget_logit, input_logit, output_logit, candidate_logit, c_prev, c_prev]))


def forget_gate_effect(forget_logits):
    return list(forget_logits)
