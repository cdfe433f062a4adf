"""The meeting point: takes changes from phones, merges them, numbers them, and hands out what others changed.

The way of a push: routes/sync -> intake (bytes to changes) -> reconcile (right, valid, merge, number) ->
store (one transaction). The way of a pull: routes/sync -> pull -> store.
"""
