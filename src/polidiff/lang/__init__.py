"""What a language is: tokens, stems, sentence ends, modality, amounts and the word lists behind them."""
