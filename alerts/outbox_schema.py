"""The outbox's tables, in their present format."""

VERSION = 1

SCHEMA = (
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
