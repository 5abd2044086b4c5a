"""A small newsroom on this machine, to see the service work without asking anything of a real publisher."""
