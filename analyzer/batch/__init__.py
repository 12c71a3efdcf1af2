"""Many people's notes at once: one folder a person in, Parquet data sets out, on this machine or on a cluster.

`person.py` is the one function that is run for each person, `local.py` and `on_dask.py` run it in other processes, `run.py`
keeps the books (`manifest.py`), and `trends.py` reads the data sets back. Workers import as little as they can until they
know that a person's notes have changed, so nothing is imported here.
"""
