"""The wizard 收复查表: which class and from where, what was found, which pictures come in."""
