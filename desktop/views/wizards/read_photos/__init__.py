"""The wizard 读入照片: which photos and from where, what was found, which of them come in."""
