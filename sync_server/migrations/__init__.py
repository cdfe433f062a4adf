"""How the tables came to be, step by step; `bring_up_to_date` and `is_up_to_date` are all the rest needs."""
