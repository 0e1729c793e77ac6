"""Which statements of a notebook the graded functions need, found from syntax alone."""
