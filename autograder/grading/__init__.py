"""Grade submissions into records: one grader, the processes and machines it runs in, and what is graded again."""
