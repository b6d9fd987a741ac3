"""Several models that answer together: bagging, random forests, boosting and stacking."""
