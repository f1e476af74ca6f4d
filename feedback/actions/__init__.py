"""What happens when somebody asks, sends, sorts, groups, answers or releases."""
