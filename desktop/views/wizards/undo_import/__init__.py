"""The wizard 撤销读入: what it would take back, why, and what comes next."""
