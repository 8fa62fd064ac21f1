"""Show and say: numbers, sentences, charts, tables and the blocks of a brief."""
