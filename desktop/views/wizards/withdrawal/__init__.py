"""The wizard 撤回报送包: what it would take back, why, and what comes next."""
