"""数据清理: what the checks of the register find, and what may be put right at once."""
