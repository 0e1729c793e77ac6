"""Reports: each renderer is a pure function of records; `digest` holds what they have to agree on."""
