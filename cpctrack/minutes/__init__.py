"""From minutes to drafts of actions: readers give lines, `finding` decides what they say."""
