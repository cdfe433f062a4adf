"""模板与字段 for an admin: the organisation's own fields, in a list and each in a form with what it will look like."""
