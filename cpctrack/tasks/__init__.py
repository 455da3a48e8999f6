"""What each command does, without asking or telling: values in, a result out."""
