"""Mathematics of the lesson on partial dependence."""
