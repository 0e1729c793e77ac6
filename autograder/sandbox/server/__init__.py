"""The warm server (`__main__`) and the child that it forks for each submission (`child`)."""
