"""The encrypted store on a device: what a capture, a look, an opening and a crash cost.

capture  a visit and the change that tells the server of it, kept in one durable commit
"""
