"""The wizard 生成名册和文件: what would stop it is said before, what was made is opened after."""
