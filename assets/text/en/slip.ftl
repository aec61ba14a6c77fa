# What the slips say.
