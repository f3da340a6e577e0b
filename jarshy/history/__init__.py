"""What the retained articles tell: backtests, replays, verification, the quiet corpus.

retained articles --the pure pipeline and steps--> matches | records in topics of their own | differences
"""
