"""审核: a supervisor reads what reps recorded, and says yes, once more, or asks."""
