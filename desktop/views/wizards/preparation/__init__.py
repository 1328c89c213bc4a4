"""The small wizards of the page 报到准备: who was trained, and that it is taken back."""
