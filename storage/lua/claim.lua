-- Leases the first due item of each free host, those first that were free first.
-- KEYS[1] P frontier:hosts   ARGV: P, lease ms, in-flight limit, at most, hosts that are silent together in an outage
-- Returns {id, token, kind, host, url} for each; their hosts are held until released or the lease ends.
local P, lease, limit, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local now = now_ms()

-- What a host is asked next: what is due first; but a host that refuses is tried with a feed, if one is due. Some refuse
-- pages only: twenty of them, each resting the host for longer, kept its feed waiting for 62 hours.
local MOST_PASSED = 1000
local function next_of(host)
  local queue = P .. 'frontier:host:' .. host
  if redis.call('EXISTS', P .. 'frontier:refusals:' .. host) == 1 then
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', queue, '-inf', now, 'LIMIT', 0, MOST_PASSED)) do
      if redis.call('HGET', P .. 'item:' .. id, 'kind') == 'feed' then return id end
    end
  end
  return redis.call('ZRANGE', queue, 0, 0)[1]
end

-- A lease that ended belonged to a worker that died: its item comes due again, and nobody is blamed.
for _, id in ipairs(redis.call('ZRANGEBYSCORE', P .. 'frontier:leases', '-inf', now, 'LIMIT', 0, 200)) do
  local host = redis.call('HGET', P .. 'item:' .. id, 'host')
  if host then
    release(P, id, host, now, 0)
    put(P, id, host, now)
    place(P, host)
  else
    redis.call('ZREM', P .. 'frontier:leases', id)
  end
end

-- When nobody answers any more it is our own network: one request at a time finds out when it is back. It goes to any host
-- that is due, by chance: in a row with a thousand dead ones before the first that lives, that would take hours.
local from = 0
if redis.call('SCARD', P .. 'frontier:silent') >= tonumber(ARGV[5]) then
  limit = 1
  from = now % math.max(redis.call('ZCOUNT', P .. 'frontier:hosts', '-inf', now), 1)
end
local room = math.min(most, limit - redis.call('ZCARD', P .. 'frontier:leases'))
local claims = {}
if room <= 0 then return claims end
for _, host in ipairs(redis.call('ZRANGEBYSCORE', P .. 'frontier:hosts', '-inf', now, 'LIMIT', from, room)) do
  local id = next_of(host)
  redis.call('ZREM', P .. 'frontier:host:' .. host, id)
  local token = string.format('%.0f', redis.call('INCR', P .. 'frontier:tokens'))
  redis.call('HSET', P .. 'item:' .. id, 'token', token, 'holds', '1')
  redis.call('ZADD', P .. 'frontier:leases', now + lease, id)
  move_slot(P, host, now, now + lease)
  place(P, host)
  local item = redis.call('HMGET', P .. 'item:' .. id, 'kind', 'url')
  claims[#claims + 1] = {id, token, item[1], host, item[2]}
end
return claims
