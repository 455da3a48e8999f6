"""From blocks to the meeting, its agenda items and the drafts of actions."""
