"""The colours of the house, which are told apart in grey and by the colour-blind too."""

ACCENT, TINT = "#0b5c71", "#eef4f6"
SECOND, SOFT, LOSS = "#c27c00", "#dd9f3d", "#d98c93"
GREY, INK, LIGHT = "#8a94a0", "#1f2933", "#cfd8dd"
