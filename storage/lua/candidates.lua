-- What an article may be a printing of; writes nothing.
-- KEYS[1] P ledger (routes to the slot)   ARGV: P, now s, window s, exact, shingles, anchors, least anchors, most
local view, found = look_up(ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5], ARGV[6],
  tonumber(ARGV[7]), tonumber(ARGV[8]))
return {view, found}
