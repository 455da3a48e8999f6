"""What documents show, as plain values: every word of a document is chosen here."""
