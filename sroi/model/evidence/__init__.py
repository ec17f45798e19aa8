"""From scores to an effect, and how many people of a group may be shown."""
