"""Files for gradebooks of other systems, each made from records and marks."""
