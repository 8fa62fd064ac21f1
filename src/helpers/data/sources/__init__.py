"""What the publishers give: readers of their files, clients of their APIs, all in the columns of our tables."""
