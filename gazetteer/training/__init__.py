"""Learns what ships as data. Not needed to run the program; ``pip install -e '.[train]'`` installs what it needs.

``python -m gazetteer.training --corpora FOLDER`` learns all models in order; each module does so for one:

* :mod:`markup`: the project's own readings; :mod:`snippets`: short passages with phases; :mod:`corpora`: texts of others with marked names;
* :mod:`instances`: readings as the stages see them, with the annotator's places instead of the program's; :mod:`retold`: as the encoder reads them;
* :mod:`sayings`: what each observation stands on; :mod:`agreement`: when a place or a date is the marked one;
* :mod:`folds`: cross-validation; :mod:`options`: command line and model files;
* :mod:`logit`, :mod:`choice`, :mod:`hidden_layer`, :mod:`network`: what is fitted: weights to choose one of several by, the same with a small network, a
  small network, the transformer;
* :mod:`tagger`, :mod:`ranker`, :mod:`level_words`, :mod:`shortlist`, :mod:`encoder`, :mod:`phases`, :mod:`hindsight`, :mod:`silent`, :mod:`claims`,
  :mod:`dating`: the models.

``gazetteer/data/README.md`` has the models' cards.
"""
