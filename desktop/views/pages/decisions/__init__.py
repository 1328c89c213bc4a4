"""The page 裁定: disagreements between offices, corrections, students added by hand."""
