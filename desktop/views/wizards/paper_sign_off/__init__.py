"""登记签字: who has signed a paper of procedures one and two, and when it was sealed."""
