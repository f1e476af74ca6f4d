"""The operations of the interface, a family in each module."""
