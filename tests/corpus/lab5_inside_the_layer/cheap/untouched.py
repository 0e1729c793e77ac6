"""The notebook as it was handed out.
stub: lstm_cell, gru_cell, lstm_layer, gru_layer, parameter_count, gradient_by_distance, start_by_keeping
"""
