"""Sentences for people, one JSON file a language; every key stands in each of them."""
