-- Renews a lease, once for each stage that begins: a message that comes twice finds it begun. With release, lets
-- the host go (the network is done with, the cpu takes over); else it waits as long as the lease, if it waits for it at all.
-- KEYS[1] P item:ID   ARGV: P, id, token, lease ms, release ("1" or ""), gap ms, stage that begins ("": none)
-- Returns {kind, host, url, data, attempts, first seen s, moves, astray}, or nothing when the token is not current or the stage was begun.
local P, id, token = ARGV[1], ARGV[2], ARGV[3]
if not is_current(P, id, token) then return false end
if ARGV[7] ~= '' then
  local begun = ARGV[7] .. token
  if redis.call('HGET', P .. 'item:' .. id, 'begun') == begun then return false end
  redis.call('HSET', P .. 'item:' .. id, 'begun', begun)
end
local now = now_ms()
local ends = now + tonumber(ARGV[4])
redis.call('ZADD', P .. 'frontier:leases', ends, id)
local item = redis.call('HMGET', P .. 'item:' .. id, 'kind', 'host', 'url', 'data', 'attempts', 'moves', 'astray')
if ARGV[5] == '1' then
  release(P, id, item[2], now, tonumber(ARGV[6]))
  place(P, item[2])
elseif redis.call('HGET', P .. 'item:' .. id, 'holds') == '1' then -- else the host would be free before its request ends
  move_slot(P, item[2], now, ends)
  place(P, item[2])
end
local first_seen = redis.call('HGET', P .. 'entry:' .. id, 'first_seen') or '0'
return {item[1], item[2], item[3], item[4], item[5] or '0', first_seen, item[6] or '0', item[7] or ''}
