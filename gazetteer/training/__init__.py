"""Learns what ships as data: the tagger of names and the weights of phases. Not needed to run the program."""
