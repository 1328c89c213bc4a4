"""How everything looks: tokens, the one style sheet, fonts, icons, shapes of states."""
