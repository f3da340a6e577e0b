"""The file that `jarshy rules new` prints: a right rule that teaches the grammar in its comments."""

STARTER = """\
# yaml-language-server: $schema=../../docs/schemas/rule.schema.json
# A rule says which bilateral meetings of Kazakhstan a desk wants to hear of.
# Lines are AND, a list is OR, a line that is missing means anything. Nothing else.
# Check it with `jarshy rules check`, try its tests with `jarshy rules test`, and ask
# `jarshy rules explain FILE --rule my-first-rule` why an article is wanted or not.
id: my-first-rule                # its name for ever: small letters, figures and hyphens
title: Uzbekistan or Türkiye, about transit   # what the desk reads
priority: routine                # flash | urgent | routine
desks: [asia]                    # desks of config/desks.yaml
# language: [kk]                 # only articles in these languages; without it kk, pl and ar
# follow: true                   # whoever was told once hears every later change of status

when:
  with: [UZ, TR]                 # country codes, EU, or groups (central-asia, gulf, eu ...)
  counterpart: [head-of-state, foreign-minister]   # levels, offices, or people of the lexicon
  # kazakhstan: [head-of-state]  # the same, of our side
  form: [in-person]              # meeting | visit | phone-call | video-call | in-person (meeting and visit)
  status: [held, planned]        # held | planned | cancelled | postponed | invited
  # place: [astana]              # a country code, a city, or third-country
  about: [my-transit]            # topics in the title or first sentence, or in two sentences
  # mentions: [railway]          # topics anywhere in the article
# More than one way to match? Make when: a list of such blocks, each behind a hyphen.

not:                             # what holds here is not wanted; the same lines
  place: [third-country]

topics:                          # of this file; config/lexicon/topics.yaml has more
  my-transit:                    # words as a dictionary has them: every inflected form counts
    kk: [транзит]
    pl: [tranzyt]
    ar: [ترانزيت, العبور]

tests:                           # at: the day, for office-holders change
  - match: "Тоқаев Ташкентте Шавкат Мирзиёевпен транзит туралы келіссөз жүргізді."
    at: 2024-08-08
  - no-match: "Tokajew rozmawiał w Pekinie z Xi Jinpingiem o tranzycie."
    at: 2025-09-02
    because: with                # the line that fails, or what it is instead: telegram, ambassador, sport ...
"""
