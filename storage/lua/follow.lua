-- Takes a feed into the catalogue and the frontier; a feed already there keeps its place and its state, but one that had
-- ended begins anew.
-- KEYS[1] P feeds   ARGV: P, feed, JSON, host, url
-- Returns 1 when it is new.
local P, feed = ARGV[1], ARGV[2]
redis.call('HSET', P .. 'feeds', feed, ARGV[3])
local new = 1 - redis.call('EXISTS', P .. 'item:' .. feed)
if new == 1 then
  redis.call('HDEL', P .. 'feed:' .. feed, 'state')
  add(P, feed, 'feed', ARGV[4], ARGV[5], '', now_ms())
  place(P, ARGV[4])
end
return new
