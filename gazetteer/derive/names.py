"""Place names: folding for comparison, and stripping of generic words for display.

Sources spell the same unit in many ways ("Departamento del Atlantico", "Atlántico", "Atlántico Department"). `bare` takes the
generic words off and keeps the spelling; `fold` makes two spellings comparable.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ı": "i", "ə": "a", "Ə": "a",
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ß": "ss", "ħ": "h", "Ħ": "h", "þ": "th", "Þ": "th", "ŧ": "t",
    }
)  # fmt: skip

_OF = r"(?:of the|of|du|des|dos|das|del|de los|de las|de la|de l|de|do|da|di|d|al|el|la|le|les|e)"
_BEFORE = (
    r"autonomous region|autonomous republic|national capital territory|union territory|metropolitan borough|london borough|"
    r"royal borough|city and borough|city and county|county borough|special province|"
    r"province|provincie|provincia|provinz|propinsi|provinsi|region|regiao autonoma|state|estado|departamento|departement|"
    r"department|distrito|district|distrikt|prefecture|county|parish|borough|city|municipality|wilaya|wilayat|velayat|muhafazat|"
    r"mohafazat|gouvernorat|mintaqat|ostan|sha biyat|baladiyat|khett|khoueng|changwat|oblast|judetul|raionul|municipiul|qarku i|"
    r"gobolka|viloyati|respublika|wojewodztwo|opstina|komuna|obcina|mestna obcina|tinh|thanh pho|kanton|canton|cantone|land|"
    r"freistaat|concelho|commune|castello|parroquia|quarter|circonscription|horad|grad|eparchia|kommune|kommuneqarfik|arrondissement"
)
_AFTER = (
    r"autonomous region|autonomous republic|capital territory|county borough|special region|province|provinces|region|state|"
    r"department|districts|district|governorate|prefecture|county|parish|municipality|division|zone|oblast|krai|kray|rayon|rayonu|"
    r"rajons|novads|aymag|aimag|marz|fylke|laen|lan|megye|kraj|okrug|zupanija|voivodeship|canton|dzongkhag|atholhu|oblysy|oblasty|"
    r"welayaty|viloyati|sheng|shi|ken|city|borough|apskritis|maa|qalasy|avtonomnyy okrug|avtonomnaya oblast"
)
_PREFIX = re.compile(rf"^(?:{_BEFORE})(?: {_OF})?(?: (?:al|ad|an|ar|as|ash|at|az))? ")
_SUFFIX = re.compile(rf" (?:{_AFTER})$")


def fold(name: str) -> str:
    """Lower case, no accents, no punctuation, single spaces: `"Sant Julià-de Lòria"` -> `"sant julia de loria"`."""
    spelled = unicodedata.normalize("NFKD", name.translate(_LETTERS).casefold())
    kept = "".join(c for c in spelled if not unicodedata.combining(c))
    kept = re.sub(r"[’'`ʻʼ‘]", "", kept)
    return " ".join(re.sub(r"[^0-9a-z]+", " ", kept).split())


def core(name: str) -> str:
    """The folded name without one generic word at either end: `"Departamento del Atlántico"` -> `"atlantico"`."""
    folded = fold(name)
    return _SUFFIX.sub("", _PREFIX.sub("", folded)) or folded
