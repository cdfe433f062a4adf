"""The controls a field may have: typed, chosen, dated, marked. Each is a component over one answer of a draft.

Their state is the answer: a handler asks the draft at the moment of the tap and never what it saw when drawn.
"""
