"""From printed lines to blocks: headings, paragraphs, entries and rows, without page furniture."""
