"""冲突: two people's values for one field; both are shown, and either can be put in use."""
