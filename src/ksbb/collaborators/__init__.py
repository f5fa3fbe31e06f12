"""Those who give: donors and aggregators, and the people who act for them."""
