"""The chaos suite: articles flow while workers and broker are killed, paused and moved; nothing may be lost or doubled.

articles (a seed) --broker, workers, faults (the same seed)--> topics, tables --against the pure steps--> Findings
"""
