"""What is written on a sheet besides signatures: additions, corrections, places given up or kept.

What was recorded by mistake is taken back here, too, once there is a use case for it.
"""
