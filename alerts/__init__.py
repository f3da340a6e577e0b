"""Alert -> people: route | owe | wait for the receiver's turn | send | record."""
