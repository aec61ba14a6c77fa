# What the screen says.
app-title = 健保卡服務站
