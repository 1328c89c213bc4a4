"""The wizard 批复加入申请: who asks, digits heard on the phone, which office, the answer's file."""
