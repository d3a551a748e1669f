"""Words and languages: what all stages stand on.

- `characters`: letters that none may be told to obey
- `tokens`, `names`: words with their places in a text, the key under which a name is looked up
- `language`, `lexicon`: the data of a language, lists of words
"""
