"""HTML pages: the article and the comment tree under it, whatever system wrote the page."""
