"""When and how to ask feeds: what polls have taught, the cadence, manners towards hosts, health. Pure."""
