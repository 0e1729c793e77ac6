"""From submissions to records: one grader, the processes and machines that it runs in, and what is graded anew."""
