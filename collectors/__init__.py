"""Feeds -> Articles: polite, bounded, and never trusting what a server sends."""
