"""What a language is: words, roots, sentence ends, numerals, amounts, dates, countries, modality; its lists as data."""
