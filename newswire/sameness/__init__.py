"""Whether two printings are one story: signatures, candidates, comparison, and the reasons told."""
