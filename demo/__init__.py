"""The story of one visit, told by real processes and proved step by step."""
