"""The demo's local newsroom: YAML of what it tells -> feeds and pages over HTTP, as the play goes on."""
