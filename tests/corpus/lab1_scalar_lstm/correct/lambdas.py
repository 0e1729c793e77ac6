"""All three as lambdas on one line each."""
import math

sigmoid = lambda x: 1 / (1 + math.exp(-x))
lstm_step = lambda c_prev, forget_logit, input_logit, output_logit, candidate_logit: (lambda f, i, o, g: (lambda c: {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": o * math.tanh(c)})(f * c_prev + i * g))(sigmoid(forget_logit), sigmoid(input_logit), sigmoid(output_logit), math.tanh(candidate_logit))
forget_gate_effect = lambda forget_logits: list(map(lambda l: lstm_step(0.8, l, 0.2, 0.7, 0.9)["c_t"], forget_logits))
