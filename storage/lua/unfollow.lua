-- Takes a feed out of the catalogue and the frontier. Its entries that wait are still read.
-- KEYS[1] P feeds   ARGV: P, feed
-- Returns 1 when it was there.
local P, feed = ARGV[1], ARGV[2]
local host = redis.call('HGET', P .. 'item:' .. feed, 'host')
if host then -- one that is being asked just now keeps its slot: it is not asked again before the lease would end
  remove(P, feed, host)
  place(P, host)
end
account(P, feed, '0', '0', '')
redis.call('DEL', P .. 'feed:' .. feed, P .. 'feed:' .. feed .. ':entries', P .. 'ledger:feed:' .. feed)
return redis.call('HDEL', P .. 'feeds', feed)
