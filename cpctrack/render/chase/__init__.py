"""What is sent to owners: the message as text, HTML and draft, and the forms to answer on."""
