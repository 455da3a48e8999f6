"""What words, clauses and sentences of minutes say: who, must, what, when."""
