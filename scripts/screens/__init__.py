"""Pictures of every page, wizard step and dialog, taken from the real program on a played demo.

``shots.py`` is the table of what there is to see; ``walks/`` goes there, one file per day of an
office; ``looks.py`` says in which sizes and colours. A test compares the table with the program.
"""
