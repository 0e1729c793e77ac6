"""A course, its labs and what is handed in, as typed data: nothing here runs a student's code or grades it."""
