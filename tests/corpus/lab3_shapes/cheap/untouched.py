"""Nothing is written.
stub: shape_check, final_hidden
"""
