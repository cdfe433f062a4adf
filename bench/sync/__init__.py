"""Push and pull over real HTTP on loopback: the server as it is run, against others that do the same.

document    a made-up visit of some 700 bytes
contender   one way to bring documents from device to device: ours, the bare limit of an engine, a peer
device      one client of a contender; what it holds is kept in memory
round       every contender once, each on a fresh server; a ratio is taken within a round
the limit   one insert for each document, with its number, committed durably, and an answer: the least that must be done
"""
