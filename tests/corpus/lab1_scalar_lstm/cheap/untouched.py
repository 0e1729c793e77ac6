"""Nothing written.

stub: sigmoid, lstm_step, forget_gate_effect
"""
