"""All of Qt: what people see and touch. It knows use cases and records, nothing below."""
