"""Claims: does the document say so?"""
