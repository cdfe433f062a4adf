"""What a person can do with this device, one file an area. Screens and the scripted device call these."""
