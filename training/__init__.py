"""Fits of the judges. Not part of the package: it reads labels and documents, and writes weights."""
