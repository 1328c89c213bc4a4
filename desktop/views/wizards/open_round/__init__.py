"""The wizard 新建批次并读入名单: its list is read and mended as in ``read_file``."""
