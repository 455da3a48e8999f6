"""PDF documents, put together from where their letters stand."""
