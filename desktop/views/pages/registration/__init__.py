"""The page 学籍注册: every student with verdict and reasons; outcomes are issued here."""
