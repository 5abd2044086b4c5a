-- Leases looks that are due, as many as the budget allows, at hosts that are free and have nothing else due.
-- KEYS[1] P frontier:looks   ARGV: P, lease ms, in-flight limit, ms from one look to the next, most that may be due,
--   hosts that are silent together in an outage
--   P frontier:look_at  string  a minute, or two looks  ms of the last look, by the budget
-- Where more are due than that, the budget is used up: those that waited longest are dropped, and counted.
-- Returns {id, token, kind, host, url} for each, as claim.lua does.
local P, lease, limit, pause, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local AT_ONCE_MS = 5000  -- a clock that ticks late may still spend what the budget gave in that time
local PASSED_BY_MS = 30000  -- a host that is busy is asked again after that,
local MOST_PASSED = 60  -- for half an hour
local SHARE = 8  -- of what may be in flight, looks are one in so many: hosts that do not answer hold one for 20 s
local BATCH = 200
local now = now_ms()
local looks = P .. 'frontier:looks'
local claims = {}

local function due_looks(most_of_them)
  return redis.call('ZRANGEBYSCORE', looks, '-inf', now, 'LIMIT', 0, math.min(most_of_them, BATCH))
end

local function drop(id)
  count(P, redis.call('HGET', P .. 'entry:' .. id, 'feed') or '', math.floor(now / 1000), 'looks:dropped', 1)
  remove(P, id, redis.call('HGET', P .. 'item:' .. id, 'host') or '')
end

local surplus = redis.call('ZCOUNT', looks, '-inf', now) - most
if surplus > 0 then
  for _, id in ipairs(due_looks(surplus)) do drop(id) end
end

local share = math.max(1, math.floor(limit / SHARE)) - redis.call('SCARD', P .. 'frontier:looking')
local room = math.min(share, limit - redis.call('ZCARD', P .. 'frontier:leases'))
if redis.call('SCARD', P .. 'frontier:silent') >= tonumber(ARGV[6]) then room = 0 end
local at = math.max(tonumber(redis.call('GET', P .. 'frontier:look_at') or 0), now - math.max(AT_ONCE_MS, pause))
for _, id in ipairs(due_looks(BATCH)) do
  if room <= #claims or at + pause > now then break end
  local host = redis.call('HGET', P .. 'item:' .. id, 'host') or ''
  local slot = tonumber(redis.call('GET', P .. 'frontier:slot:' .. host) or 0)
  local due = tonumber(redis.call('ZSCORE', P .. 'frontier:hosts', host) or now + 1)
  if slot <= now and due > now then
    at = at + pause
    local token = string.format('%.0f', redis.call('INCR', P .. 'frontier:tokens'))
    redis.call('ZREM', looks, id)
    redis.call('SADD', P .. 'frontier:looking', id)
    redis.call('HSET', P .. 'item:' .. id, 'token', token, 'holds', '1')
    redis.call('HDEL', P .. 'item:' .. id, 'passed')
    redis.call('ZADD', P .. 'frontier:leases', now + lease, id)
    move_slot(P, host, now, now + lease)
    place(P, host)
    claims[#claims + 1] = {id, token, 'look', host, redis.call('HGET', P .. 'item:' .. id, 'url')}
  elseif redis.call('HINCRBY', P .. 'item:' .. id, 'passed', 1) > MOST_PASSED then
    drop(id)
  else
    redis.call('ZADD', looks, now + PASSED_BY_MS, id)
  end
end
if #claims > 0 then
  redis.call('SET', P .. 'frontier:look_at', string.format('%.0f', at), 'PX', math.max(60000, 2 * pause))
end
return claims
