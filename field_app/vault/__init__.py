"""The encrypted TinyDB on the device.

key ring    `keys.json`: the random data key, wrapped once per slot
slot        one way to the data key: a PIN together with the device secret
secret      32 random bytes kept outside the home: what makes a short PIN worth something
log         the one file that counts: sealed frames, only ever appended to
frame       a sealed piece of the log, bound to its place and to all before it
commit      one or more frames that are durable together, or not at all
op          one step of a commit: put or delete a document, drop or make a table
spot        where an op stands: its frame's offset and number, and its place within
order       a document's place in its table, kept for as long as it lives
index       what the log adds up to, as columns in layers; derived, may vanish
generation  one file of the log; a compaction begins the next
anchor      the last durable commit, remembered outside the home
salvage     reading what a damaged log still holds
"""
