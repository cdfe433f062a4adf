"""Pictures of every screen as somebody in the story sees it: `python -m demo.pictures --out DIR [NAME …]`."""
