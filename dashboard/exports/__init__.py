"""What can be taken away from the map: files made of the tables, of `moments.looks` and of `story`."""
