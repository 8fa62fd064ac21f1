"""Turn parameterised notebooks into briefs."""
