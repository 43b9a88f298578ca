"""Learns the weights that `retrospective/weights` and `note/weights` hold: development only.

`make train` writes them from the labelled authors beside the project; `make train WITHOUT=AUTHOR`
writes those of a fold, without one author, to a folder that `DOTS_WEIGHTS` then names.
"""
