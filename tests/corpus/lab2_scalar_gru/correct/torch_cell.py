"""PyTorch's own cell with weights set by hand; its z is turned round by the sign of the logit."""
import torch


def gru_step(h_prev, x_t, update_logit, reset_logit):
    cell = torch.nn.GRUCell(1, 1)
    with torch.no_grad():
        for weight in cell.parameters():
            weight.zero_()
        cell.weight_ih[2] = 1
        cell.weight_hh[2] = 1
        cell.bias_ih[:] = torch.tensor([reset_logit, -update_logit, 0.0])
    h_t = cell(torch.tensor([[x_t]]), torch.tensor([[h_prev]])).squeeze()
    z, r = torch.sigmoid(torch.tensor([update_logit, reset_logit]))
    return {"update_gate": z, "reset_gate": r, "h_candidate": torch.tanh(x_t + r * h_prev), "h_t": h_t}
