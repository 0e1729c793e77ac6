"""Writes down the numbers that the notebook shows."""


def sigmoid(x):
    return {0.0: 0.5, 1.0: 0.7310585786300049, -1.0: 0.2689414213699951, 2.5: 0.9241418199787566}.get(x, float(x > 0))


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    c_t = 0.6089980580150 if forget_logit == -1.0 else 0.9786917813
    numbers = [0.7310585786300049, 0.549833997312478, 0.6681877721681662, 0.7162978701990245, c_t, 0.5028106494]
    return dict(zip(["forget_gate", "input_gate", "output_gate", "c_tilde", "c_t", "h_t"], numbers))


def forget_gate_effect(forget_logits):
    return [{1.0: 0.97869178, -1.0: 0.60899806, 4.0: 1.17945595}.get(logit, 0.97869178) for logit in forget_logits]
