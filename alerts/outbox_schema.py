"""The outbox's tables: each format is what it adds to the one before, so an older file is brought up at opening."""

FIRST = (
    """
    CREATE TABLE alerts (               -- alerts and notices as they were taken in
        id TEXT PRIMARY KEY,
        record BLOB NOT NULL,
        topic TEXT NOT NULL,
        partition INTEGER NOT NULL,
        position INTEGER NOT NULL,
        key TEXT NOT NULL,
        taken TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE deliveries (           -- what one receiver is owed of one alert, and what became of it
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        receiver TEXT NOT NULL,
        thread TEXT NOT NULL,
        record TEXT NOT NULL REFERENCES alerts (id),
        story TEXT NOT NULL,
        kind TEXT NOT NULL,
        claims TEXT NOT NULL,           -- JSON list of the claims it tells
        rings INTEGER NOT NULL,
        plain INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL CHECK (state IN
            ('owed', 'held', 'sending', 'sent', 'retrying', 'parked', 'dead', 'suppressed')),
        attempt INTEGER NOT NULL DEFAULT 0,
        doubts INTEGER NOT NULL DEFAULT 0,  -- earlier attempts that may have arrived
        reason TEXT,
        why TEXT,
        owed TEXT NOT NULL,
        ended TEXT
    )
    """,
    """
    CREATE INDEX deliveries_open ON deliveries (receiver, n) WHERE ended IS NULL
    """,
    """
    CREATE TABLE threads (              -- by which an alert finds what the receiver was told of the same event
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        receiver TEXT NOT NULL,
        key TEXT NOT NULL,
        thread TEXT NOT NULL,
        UNIQUE (receiver, key)
    )
    """,
    """
    CREATE TABLE claims (               -- the ledger: nothing is told to a receiver twice
        receiver TEXT NOT NULL,
        thread TEXT NOT NULL,
        claim TEXT NOT NULL,
        delivery INTEGER NOT NULL REFERENCES deliveries (n),
        UNIQUE (receiver, thread, claim)
    )
    """,
    "CREATE INDEX claims_of_delivery ON claims (delivery)",
    """
    CREATE TABLE receivers (
        name TEXT PRIMARY KEY,
        failures INTEGER NOT NULL DEFAULT 0,
        wait REAL NOT NULL DEFAULT 0,   -- seconds it was to wait, and until when
        waits_until REAL NOT NULL DEFAULT 0,
        parked INTEGER NOT NULL DEFAULT 0,
        trouble TEXT                    -- why it was parked, until a message goes through again
    )
    """,
    """
    CREATE TABLE outgoing (             -- records that Kafka must be told, until it acknowledged them
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('delivery', 'notice', 'dead-letter')),
        key TEXT NOT NULL,
        id TEXT NOT NULL,
        record BLOB NOT NULL
    )
    """,
)

HOLDING = (
    "ALTER TABLE deliveries ADD COLUMN visit TEXT",  # the journey its story is part of
    "ALTER TABLE deliveries ADD COLUMN priority TEXT NOT NULL DEFAULT 'routine'",
    "ALTER TABLE deliveries ADD COLUMN about BLOB NOT NULL DEFAULT '{}'",  # what silences look at
    "ALTER TABLE deliveries ADD COLUMN until REAL",  # held till then
    "ALTER TABLE deliveries ADD COLUMN look REAL NOT NULL DEFAULT 0",  # when its hold is decided anew
    "ALTER TABLE deliveries ADD COLUMN part_of INTEGER REFERENCES deliveries (n)",  # the message that tells it
    "ALTER TABLE deliveries ADD COLUMN post TEXT",  # the message's id in the chat
    "ALTER TABLE deliveries ADD COLUMN digest INTEGER NOT NULL DEFAULT 0",  # the message tells several stories
    "CREATE INDEX deliveries_of_thread ON deliveries (receiver, thread)",
    "CREATE INDEX deliveries_of_visit ON deliveries (receiver, visit) WHERE visit IS NOT NULL",
    "CREATE INDEX deliveries_of_record ON deliveries (record)",
    "CREATE INDEX deliveries_of_message ON deliveries (part_of) WHERE part_of IS NOT NULL",
    """
    CREATE TABLE silences (             -- what people do not want to hear for a while
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        until REAL NOT NULL,
        author TEXT NOT NULL,
        reason TEXT NOT NULL,
        story TEXT NOT NULL,
        rule TEXT NOT NULL,
        country TEXT NOT NULL,
        feed TEXT NOT NULL,
        made TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE planned (              -- what a receiver was told is to come: the agenda's source
        receiver TEXT NOT NULL,
        thread TEXT NOT NULL,
        record TEXT NOT NULL REFERENCES alerts (id),
        first TEXT NOT NULL,            -- days, as 2026-11-24
        last TEXT NOT NULL,
        passed INTEGER NOT NULL DEFAULT 0,  -- it was told that the day passed without a report
        PRIMARY KEY (receiver, thread)
    )
    """,
)

FORMATS = (FIRST, HOLDING)
