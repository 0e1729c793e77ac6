"""Student code in processes that hold nothing secret; see `server` for the theory of operation."""
