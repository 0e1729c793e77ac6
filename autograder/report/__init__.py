"""Reports: each renderer is a pure function of records; `wording` holds what they have to agree on."""
