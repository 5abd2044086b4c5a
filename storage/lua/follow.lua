-- Takes a feed into the catalogue and the frontier; a feed already there keeps its place and its state.
-- KEYS[1] P feeds   ARGV: P, feed, JSON, host, url
-- Returns 1 when it is new.
local P, feed = ARGV[1], ARGV[2]
local new = redis.call('HSET', P .. 'feeds', feed, ARGV[3])
if new == 1 then
  add(P, feed, 'feed', ARGV[4], ARGV[5], '', now_ms())
  place(P, ARGV[4])
end
return new
