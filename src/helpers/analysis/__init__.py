"""Compute: frames in, frames out; nothing is read, drawn or written."""
