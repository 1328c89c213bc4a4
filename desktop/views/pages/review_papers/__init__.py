"""The page 审查材料: the papers of procedures one and two, each with how far it is."""
