"""Learns the weights by which the candidates of a name are ranked.

    python -m gazetteer.training.ranker READINGS_DIR [WOTR.jsonl]

A conditional logit over each group's candidates and "none of them" (:mod:`gazetteer.resolution`), with an L2 prior. Since what a group's neighbours mean is a feature, the weights
are learned in rounds: rank with the weights so far, take the features that come out, fit, again. Learned from the project's own readings and from War of the Rebellion (DeLozier et
al. 2016; annotation MIT, text in the public domain), the latter thinned so that it does not outweigh the rest.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gazetteer.documents import Source
from gazetteer.index import Facts
from gazetteer.index_build import ready
from gazetteer.language import language
from gazetteer.records import AREA_LEVELS, Document, Mention
from gazetteer.resolution import FEATURES, Group, Resolver, _Votes
from gazetteer.segmentation import segment
from gazetteer.surroundings import Surroundings
from gazetteer.tokens import Tokens
from gazetteer.training.markup import read_all
