"""Nothing written.

stub: gru_step
"""
