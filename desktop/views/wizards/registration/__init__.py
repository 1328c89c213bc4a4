"""The small wizards of the page 学籍注册: issuing, a verdict, empty fields, reopening."""
