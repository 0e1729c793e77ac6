"""Tensors that ask for gradients, in double precision, left attached."""
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def sigmoid(x):
    return F.sigmoid(torch.tensor(float(x), requires_grad=True))


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    c_prev = torch.tensor(c_prev, requires_grad=True)
    f, i, o = map(sigmoid, (forget_logit, input_logit, output_logit))
    g = torch.tanh(torch.tensor(candidate_logit, requires_grad=True))
    c = f * c_prev + i * g
    return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": o * c.tanh()}


def forget_gate_effect(forget_logits):
    return tuple(lstm_step(0.8, logit, 0.2, 0.7, 0.9)["c_t"] for logit in forget_logits)
