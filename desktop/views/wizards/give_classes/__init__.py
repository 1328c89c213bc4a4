"""The wizard 分配班级: the classes of a college, as the admission data name it, go to an office."""
