"""打印签字表: choose classes, look at the exact pages, print them in actual size or save them."""
