"""Renames keep every reference: the matrix, its golden files and its runner."""
