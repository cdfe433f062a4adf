"""What the app costs in the hand of somebody with 5,000 customers and 20,000 visits: CPU, and bytes to the screen."""
