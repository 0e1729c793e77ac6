"""0-d torch tensors throughout, and a tensor of memories."""
import torch


def sigmoid(x):
    return torch.sigmoid(torch.as_tensor(x, dtype=torch.float32))


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    forget_gate = sigmoid(forget_logit)
    input_gate = sigmoid(input_logit)
    output_gate = sigmoid(output_logit)
    c_tilde = torch.tanh(torch.tensor(candidate_logit))
    c_t = forget_gate * c_prev + input_gate * c_tilde
    h_t = output_gate * torch.tanh(c_t)
    return {"forget_gate": forget_gate, "input_gate": input_gate, "output_gate": output_gate,
            "c_tilde": c_tilde, "c_t": c_t, "h_t": h_t}


def forget_gate_effect(forget_logits):
    out = torch.zeros(len(forget_logits))
    for k, logit in enumerate(forget_logits):
        out[k] = lstm_step(0.8, logit, 0.2, 0.7, 0.9)["c_t"]
    return out
