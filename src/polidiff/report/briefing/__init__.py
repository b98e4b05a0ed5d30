"""The brief: a comparison as an article of two pages, made of its records by rules alone.

``choose`` finds the act that says most of a passage, ``sides`` says it in a sentence's half, ``article`` picks and
orders the sentences; ``page``, ``markdown`` and :mod:`polidiff.report.docx.brief` print the record that they make.
"""
