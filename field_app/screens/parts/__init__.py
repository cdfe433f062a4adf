"""The small vocabulary all screens are made of: pure functions of plain values, words given as arguments.

words    a text in one of the few styles        header   what a page is, and the way back
surface  cards, groups and hairlines            bars     the primary button, the five places
row      icon, words, one thing at the right    notice   offline, nothing here yet, undo
button   filled, tonal, soft, plain, icon       tag      a state or a grade in a word
choice   one of several, or some of several     phone    a masked number with an eye
field    label, rim, help and error             note     what somebody wrote about a field
section  colour bar, name, what is filled in    values   three values, one of them in use
sheet    what slides in from below
"""
