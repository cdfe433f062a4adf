"""How everything looks; nothing else in the app names a colour, a size or a weight.

- colours   tokens by name, light and dark; a control names the token and its screen knows the brightness
- type      the few styles of text, each with its line height, and the factor a person reads at
- measures  spaces, corners and the sizes a finger needs
- styles    buttons, tiles and fields made of these
- material  all of it as Flet's theme
"""
