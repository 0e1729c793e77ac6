"""Known mistakes by assignment: the lesson's content beside its suites; the engine imports none of it."""
