"""0-d arrays in place of numbers, and one vectorised pass for the exercise."""
import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    gates = sigmoid(np.array([forget_logit, input_logit, output_logit]))
    c_tilde = np.array(np.tanh(candidate_logit))
    c_t = np.array(gates[0] * c_prev + gates[1] * c_tilde)
    return {"forget_gate": np.array(gates[0]), "input_gate": np.array(gates[1]), "output_gate": np.array(gates[2]),
            "c_tilde": c_tilde, "c_t": c_t, "h_t": np.array(gates[2] * np.tanh(c_t))}


def forget_gate_effect(forget_logits):
    return sigmoid(np.asarray(forget_logits, dtype=float)) * 0.8 + sigmoid(0.2) * np.tanh(0.9)
