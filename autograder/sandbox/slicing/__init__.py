"""Find the statements of a notebook that the graded functions need, from syntax alone."""
