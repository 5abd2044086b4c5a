"""What the streams carry: the parts and types of events, their envelope, how they are told, and the contract."""
