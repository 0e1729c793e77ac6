"""The notebook as it was handed out.
stub: recall_data, RecallModel, train_clipped, surgery
"""
