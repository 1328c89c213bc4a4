"""Records become PDF: paper that people sign, and books that an archive keeps."""
