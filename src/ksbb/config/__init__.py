"""How the packages are put together; nothing imports this one."""
