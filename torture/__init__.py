"""Campaigns: the same promises as the tests, many times over or under conditions too costly for every change."""
