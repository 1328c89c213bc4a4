"""Pictures that others bring: decoded safely, measured, turned upright, made small."""
