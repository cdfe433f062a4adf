"""What a person sees. A screen is a pure function of state; it asks actions and never the store.

- look           for whom and how wide a screen is drawn
- parts          the small vocabulary all screens are made of
- field_control  the control that fits a declared field
- form           a whole form from the declaration of its kind
"""
