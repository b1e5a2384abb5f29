"""What a sentence says that counts: numbers, times, roles, and words of duty and permission."""

from qms_docs.text.meaning.sentences import Line, Reader, Sentence
from qms_docs.text.meaning.vocabulary import PLAIN, SMALL, is_turned, knows, title_words, vocabulary
from qms_docs.text.meaning.weights import Scale, Word

__all__ = [
    "PLAIN",
    "SMALL",
    "Line",
    "Reader",
    "Scale",
    "Sentence",
    "Word",
    "is_turned",
    "knows",
    "title_words",
    "vocabulary",
]
