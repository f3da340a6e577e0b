"""What came of a meeting: documents, invitations, figures, and who says so."""
