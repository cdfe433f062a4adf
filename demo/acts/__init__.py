"""The story's acts; each step says in its docstring what it proves."""
