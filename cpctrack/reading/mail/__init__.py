"""Letters from owners: e-mails as files, pasted text, and the forms they come with."""
