"""How fast the parts are, against what others use for the same.

peer         another way to do the same work, in the same process, on the same records
turn         one go of every peer, one after the other; a figure is the median over turns
figure       one thing measured, with its number
reach        what a figure has to come to; a miss is told with its number
aim          what we should like it to come to
calibration  a fixed loop's time on this machine, so that two machines can be compared

Every ratio is of two peers within one turn, so that a busy machine slows both. CPU time counts this process with
its threads; wall time is what a person waits.
"""
