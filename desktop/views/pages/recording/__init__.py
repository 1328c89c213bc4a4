"""Recording a signed sheet as fast as a person reads it."""
