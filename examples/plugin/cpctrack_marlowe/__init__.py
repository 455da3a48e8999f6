"""What Marlowe Borough Council, which is invented, adds to cpctrack."""
