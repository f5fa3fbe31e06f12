"""Who may act for the city: second factors, areas of officers, and second approvals."""
