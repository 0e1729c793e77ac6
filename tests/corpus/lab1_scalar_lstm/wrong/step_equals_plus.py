"""The typing slip =+ throws the kept part away.

cell: lstm_step
mistake: new part only
message: Adding to it is `+=`
"""


def lstm_step(
    c_prev: float,
    forget_logit: float,
    input_logit: float,
    output_logit: float,
    candidate_logit: float,
) -> dict[str, float]:
    forget_gate = sigmoid(forget_logit)
    input_gate = sigmoid(input_logit)
    output_gate = sigmoid(output_logit)
    c_tilde = np.tanh(candidate_logit)

    # first what stays
    c_t = forget_gate * c_prev
    # then what is written
    c_t =+ input_gate * c_tilde

    h_t = output_gate * np.tanh(c_t)

    return {
        "forget_gate": forget_gate,
        "input_gate": input_gate,
        "output_gate": output_gate,
        "c_tilde": c_tilde,
        "c_t": c_t,
        "h_t": h_t,
    }
