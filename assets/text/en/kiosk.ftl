# What the screen says.
app-title = NHI card services
