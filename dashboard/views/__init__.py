"""The pages. Streamlit is used here, and what a page shows is made by the pure modules."""
