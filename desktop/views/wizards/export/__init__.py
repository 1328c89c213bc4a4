"""The wizard 导出报送包: what goes to whom, what is missing, onto which stick."""
