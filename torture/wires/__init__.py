"""The real server program, real HTTP, and a wire that does what wires do.

A device is the product's own store and sync; a scene is one home, its server process and the devices of one team.
"""
