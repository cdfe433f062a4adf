"""What hurts a part on purpose: kills, power cuts, cut and flipped bytes, disks that refuse.

campaign      all that is done to one part; one file and one line in the register of `torture.__main__`
trial         one way to hurt it, many times
acknowledged  what a save has returned from: it must be there afterwards, whatever happened
loss          something acknowledged that is not there, or something read that was never written; the bar is none
"""
