"""The wizards of cases: opening one, writing down what was found, concluding, taking back."""
