"""The wizard 新建批次并读入名单, and its shorter way: reading a roster into a round again."""
