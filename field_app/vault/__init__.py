"""The encrypted TinyDB on the device.

key ring    `keys.json`: the random data key, wrapped once per slot
slot        one way to the data key: a PIN together with the device secret
secret      32 random bytes kept outside the home: what makes a short PIN worth something
generation  one durable commit of the whole store; the one before is kept as `.prev`
salvage     going back to the last generation that can be read
"""
