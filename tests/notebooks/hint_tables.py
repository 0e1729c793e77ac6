"""Mistakes of students, and what the check under the task then says: the hints are filed under these words.

task -> [(text in the solution, what a student may write in its place, what the check then says)]
"""

CHAINED = """c = [0.8]
    for logit in forget_logits:
        c.append(lstm_step(c[-1], logit, 0.2, 0.7, 0.9)["c_t"])
    return c[1:]
    [lstm_step(0.8, logit, 0.2, 0.7, 0.9)"""

LAB1 = {
    "sigmoid": [
        ("np.exp(-x)", "np.exp(x)", "sigmoid(1.0) is 0.2689"),
        ("(1.0 + np.exp(-x))", "1.0 + np.exp(-x)", "sigmoid(0.0) is 2.0000"),
        ("1.0 / (1.0 + np.exp(-x))", "np.tanh(x)", "sigmoid(0.0) is 0.0000"),
        ("return 1.0", "1.0", "sigmoid(0.0) is None"),
    ],
    "lstm_step": [
        ("= sigmoid(forget_logit)", "= forget_logit", "forget_gate is 1.0000"),
        ("= sigmoid(input_logit)", "= input_logit", "input_gate is 0.2000"),
        ("= sigmoid(output_logit)", "= output_logit", "output_gate is 0.7000"),
        ("sigmoid(forget_logit)", "sigmoid(-forget_logit)", "forget_gate is 0.2689"),
        ("sigmoid(forget_logit)", "np.tanh(forget_logit)", "forget_gate is 0.7616"),
        ("sigmoid(forget_logit)", "sigmoid(input_logit)", "forget_gate is 0.5498"),
        ("sigmoid(input_logit)", "sigmoid(forget_logit)", "input_gate is 0.7311"),
        ("np.tanh(candidate_logit)", "sigmoid(candidate_logit)", "c_tilde is 0.7109"),
        ("np.tanh(candidate_logit)", "candidate_logit", "c_tilde is 0.9000"),
        ("forget_gate * c_prev + input_gate * c_tilde", "input_gate * c_prev + forget_gate * c_tilde", "c_t is 0.9635"),
        ("forget_gate * c_prev + input_gate", "forget_logit * c_prev + input_logit", "c_t is 0.9433"),
        ("+ input_gate * c_tilde", "+ c_tilde", "c_t is 1.3011"),
        ("forget_gate * c_prev +", "c_prev +", "c_t is 1.1938"),
        ("forget_gate * c_prev + input_gate *", "c_prev +", "c_t is 1.5163"),
        ("forget_gate * c_prev + input_gate *", "forget_gate + c_prev + input_gate +", "c_t is 2.7972"),
        (
            "forget_gate * c_prev + input_gate * c_tilde",
            "(forget_gate + c_prev) * (input_gate + c_tilde)",
            "c_t is 1.9385",
        ),
        ("c_prev + input_gate", "c_prev * input_gate", "c_t is 0.2303"),
        ("+ input_gate *", "+ (1 - forget_gate) *", "c_t is 0.7775"),
        ("forget_gate * c_prev + input_gate", "input_gate", "c_t is 0.3938"),
        (" + input_gate * c_tilde", "", "c_t is 0.5848"),
        ('"c_t": c_t', '"c_t": np.tanh(c_t)', "c_t is 0.7525"),
        ('"h_t": h_t', '"h_t": c_t', "h_t is 0.9787"),
        ("output_gate * np.tanh(c_t)", "output_gate * c_t", "h_t is 0.6539"),
        ("output_gate * np.tanh(c_t)", "np.tanh(c_t)", "h_t is 0.7525"),
        ("output_gate * np.tanh(c_t)", "np.tanh(output_gate * c_t)", "h_t is 0.5743"),
        ("output_gate * np.tanh(c_t)", "output_gate * sigmoid(c_t)", "h_t is 0.4857"),
        ("np.tanh(c_t)", "np.tanh(c_tilde)", "h_t is 0.4107"),
        ("np.tanh(c_t)", "np.tanh(c_prev)", "h_t is 0.4437"),
        ("output_gate * np.tanh(c_t)", "output_gate * c_tilde", "h_t is 0.4786"),
        ("output_gate * np.tanh(c_t)", "output_logit * np.tanh(c_t)", "h_t is 0.5267"),
        ("output_gate * np.tanh(c_t)", "output_gate + np.tanh(c_t)", "h_t is 1.4207"),
        ('"h_t": h_t', '"h": h_t', "missing from the dict: h_t"),
    ],
    "forget_gate_effect": [
        ('["c_t"]', '["h_t"]', "c_t for forget logit 1.0 is 0.5028"),
        ('["c_t"]', '["forget_gate"]', "c_t for forget logit 1.0 is 0.7311"),
        ("(0.8, logit", "(0.8, forget_logits[0]", "c_t for forget logit -1.0 is 0.9787"),
        ('["c_t"]', "", "c_t for forget logit 1.0 should be a single number; it is a dict"),
        (
            "return [lstm_step(0.8, logit, 0.2, 0.7, 0.9)",
            CHAINED,
            "c_t for forget logit -1.0 is 0.6571",
        ),
        ('["c_t"] for logit in forget_logits]', '["c_t"] for logit in forget_logits][0]', "it returned a float"),
    ],
}

MIX = "(1.0 - update_gate) * h_prev + update_gate * h_candidate"
LAB2 = {
    "gru_step": [
        ("= sigmoid(update_logit)", "= update_logit", "update_gate is 0.8000"),
        ("= sigmoid(reset_logit)", "= reset_logit", "reset_gate is -0.3000"),
        ("sigmoid(update_logit)", "np.tanh(update_logit)", "update_gate is 0.6640"),
        ("sigmoid(update_logit)", "sigmoid(reset_logit)", "update_gate is 0.4256"),
        ("sigmoid(reset_logit)", "sigmoid(update_logit)", "reset_gate is 0.6900"),
        ('"update_gate": update_gate', '"update_gate": 1 - update_gate', "update_gate is 0.3100"),
        ("np.tanh(x_t + reset_gate * h_prev)", "x_t + reset_gate * h_prev", "h_candidate is 1.3979"),
        ("np.tanh(x_t", "sigmoid(x_t", "h_candidate is 0.8018"),
        ("reset_gate * h_prev", "h_prev", "h_candidate is 0.9468"),
        ("x_t + reset_gate * h_prev", "x_t", "h_candidate is 0.8005"),
        ("x_t + reset_gate * h_prev", "reset_gate * x_t + h_prev", "h_candidate is 0.8237"),
        ("x_t + reset_gate * h_prev", "reset_gate * (x_t + h_prev)", "h_candidate is 0.6446"),
        ("np.tanh(x_t + reset_gate * h_prev)", "reset_gate * np.tanh(x_t + h_prev)", "h_candidate is 0.4029"),
        ("np.tanh(x_t + reset_gate * h_prev)", "np.tanh(x_t) + reset_gate * h_prev", "h_candidate is 1.0984"),
        ("reset_gate * h_prev", "update_gate * h_prev", "h_candidate is 0.9191"),
        ("reset_gate * h_prev", "(1 - reset_gate) * h_prev", "h_candidate is 0.9055"),
        ("reset_gate * h_prev", "reset_logit * h_prev", "h_candidate is 0.7114"),
        (MIX, "update_gate * h_prev + (1 - update_gate) * h_candidate", "h_t is 0.7573"),
        (MIX, "h_candidate", "h_t is 0.8849"),
        (MIX, "update_gate * h_candidate", "h_t is 0.6106"),
        (MIX, "(1.0 - update_gate) * h_prev", "h_t is 0.2170"),
        (MIX, "h_prev + update_gate * h_candidate", "h_t is 1.3106"),
        (MIX, "(1.0 - update_gate) * h_prev + h_candidate", "h_t is 1.1019"),
        (MIX, "h_prev + h_candidate", "h_t is 1.5849"),
        (MIX, "update_gate * h_prev + update_gate * h_candidate", "h_t is 1.0935"),
        (MIX, "(1.0 - update_gate) * reset_gate * h_prev + update_gate * h_candidate", "h_t is 0.7029"),
        (MIX, "(1.0 - reset_gate) * h_prev + reset_gate * h_candidate", "h_t is 0.7787"),
        (MIX, "(1.0 - update_logit) * h_prev + update_logit * h_candidate", "h_t is 0.8479"),
        (MIX, f"np.tanh({MIX})", "h_t is 0.6792"),
        ('"h_t": h_t', '"h": h_t', "missing from the dict: h_t"),
    ],
}

LSTM_LINE, GRU_LINE = "nn.LSTM(input_size, hidden_size, batch_first=True)", "gru_out, gru_h = gru(x)"
UNPACKED = "lstm_out, (lstm_h, lstm_c) = lstm(x)"
TYPED_IN = "batch_size, seq_len, input_size, hidden_size = 4, 6, 8, 16\n    lstm = nn"
GLUED = "return h[0] if len(h) == 1 else h.transpose(0, 1).reshape(len(x), -1)"
LAB3 = {
    "shape_check": [
        (LSTM_LINE, "nn.LSTM(input_size, hidden_size)", "lstm_h is (1, 6, 16)"),
        ("(batch_size, seq_len, input_size)", "(seq_len, batch_size, input_size)", "lstm_out is (6, 4, 16)"),
        ("lstm = nn", TYPED_IN, "lstm_out is (4, 6, 16), but (2, 5, 7) is expected"),
        ("lstm_h.shape", "lstm_h[-1].shape", "lstm_h is (4, 16)"),
        ("lstm_out.shape", "lstm_out[:, -1].shape", "lstm_out is (4, 16)"),
        (LSTM_LINE, "nn.LSTM(input_size, hidden_size, 2, batch_first=True)", "lstm_h is (2, 4, 16)"),
        (LSTM_LINE, "nn.LSTM(input_size, hidden_size, seq_len, batch_first=True)", "lstm_h is (6, 4, 16)"),
        (LSTM_LINE, "nn.LSTM(input_size, hidden_size, batch_first=True, bidirectional=True)", "lstm_out is (4, 6, 32)"),
        (LSTM_LINE, "nn.LSTM(input_size, input_size, batch_first=True)", "lstm_out is (4, 6, 8)"),
        ("tuple(lstm_out.shape)", "lstm_out", "lstm_out is a whole tensor"),
        (UNPACKED, "lstm_out, lstm_h = lstm(x)", "AttributeError: 'tuple' object has no attribute 'shape'"),
        (UNPACKED, "lstm_out, lstm_h, lstm_c = lstm(x)", "ValueError: not enough values to unpack (expected 3, got 2)"),
        (GRU_LINE, "gru_out, (gru_h, _) = gru(x)", "ValueError: not enough values to unpack (expected 2, got 1)"),
        (LSTM_LINE, "nn.LSTM(hidden_size, input_size, batch_first=True)", "input.size(-1) must be equal to input_size"),
        (LSTM_LINE, "nn.LSTM(input_size, hidden_size, True)", "lstm() received an invalid combination of arguments"),
        ("return {", "_ = {", "it returned a NoneType"),
    ],
    "final_hidden": [
        ("return h[-1]", "return h", "the shape is (1, 3, 5)"),
        ("state[0] if isinstance(state, tuple) else state", "state", "the shape is (1, 3, 5)"),
        ("return h[-1]", "return out", "the shape is (3, 7, 5)"),
        ("return h[-1]", "return out[-1]", "the shape is (7, 5)"),
        ("return h[-1]", "return h[:, -1]", "the shape is (1, 5)"),
        ("return h[-1]", "return out[:, :, -1]", "the shape is (3, 7)"),
        ("return h[-1]", "return out[:, 0]", "first number is -0.1093"),
        ("return h[-1]", "return out.mean(dim=1)", "first number is -0.0155"),
        ("state[0] if", "state[1] if", "first number is -0.1383"),
        ("return h[-1]", "return h[0]", "first number is -0.6786"),
        ("return h[-1]", "return h.mean(dim=0)", "first number is -0.5625"),
        ("isinstance(state, tuple)", "len(state) == 2", "the shape is (5,)"),
        ("return h[-1]", "return h.squeeze(0)", "the shape is (2, 3, 5)"),
        ("return h[-1]", GLUED, "the shape is (3, 10)"),
        ("out, state = module", "out, (state, _) = module", "not enough values to unpack (expected 2, got 1)"),
        ("return h[-1]", "h[-1]", "final_hidden returned None"),
    ],
}
