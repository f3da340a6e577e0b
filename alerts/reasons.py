"""Why a delivery ended as it did: the closed set of codes, each with its sentence."""

from wire.records import Reason

SENTENCES = {
    # not sent, and that is right
    "not-live": "the alert tells of the backlog or of a replay",
    "language-only": "all that is new is another language or outlet",
    "nothing-new": "this receiver was told all of it",
    "kind-not-wanted": "this receiver does not want alerts of this kind; what is new waits for the next that it wants",
    "already-firing": "operators know of this trouble",
    "not-firing": "operators were never told of the trouble that is over",
    "nothing-planned": "nothing is planned for the next seven days, and nothing planned has passed unreported",
    "dropped": "somebody decided that it is not to be told",
    # not yet
    "quiet-hours": "the desk is left alone",
    "in-digest": "the desk reads these in digests",
    "silenced": "somebody does not want to hear of it for a while",
    "grouped": "what else comes of the same story or visit is told with it",
    "released": "somebody decided that it is to go now",
    # later
    "rate-limited": "the service asks us to wait",
    "server-error": "the service has trouble of its own",
    "no-connection": "the service cannot be reached",
    "no-answer": "the connection ended without an answer: the message may have arrived",
    "interrupted": "we were stopped while sending: the message may have arrived",
    "stalled": "the receiver has not taken a message for a long time; it is tried again, and its alerts are kept",
    "unclear": "the service's answer tells nothing",
    # the receiver
    "bad-credentials": "the service does not know our token",
    "blocked": "the chat does not let us in",
    "not-found": "there is no such chat or webhook",
    "redirected": "the service sends us elsewhere, and secrets do not follow",
    # the message
    "markup-refused": "the service refused the message; it goes once more as plain text",
    "message-refused": "the service refused the message, plain text too",
    "unrenderable": "the message could not be written",
    "undecodable": "the record could not be read",
    # sent after all
    "possible-duplicate": "an earlier attempt may have arrived as well",
}


def reason(code: str, detail: str = "") -> Reason:
    """Return the Reason with this code; `detail` must not hold a secret."""
    return Reason(code=code, text=f"{SENTENCES[code]} ({detail})" if detail else SENTENCES[code])
