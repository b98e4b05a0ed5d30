"""Quotations: is this what the document says, letter for letter?"""
