"""The page on which procedure one is prepared: rules, checklist, training."""
