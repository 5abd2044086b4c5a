-- The frontier's shared functions. Times are ms of Redis TIME.
--   P frontier:hosts      zset    host → when it may be asked and has something due
--   P frontier:host:HOST  zset    item → when due
--   P frontier:slot:HOST  string  until then: when the host may next be asked
--   P frontier:leases     zset    item → when its lease ends
--   P frontier:pages      set     the page items
--   P frontier:looks      zset    look → when due: they wait beside the hosts, for what these leave them (claim_looks.lua)
--   P frontier:looking    set     looks that are leased
--   P frontier:silent     set     the hosts that did not answer since one did
--   P item:ID             hash    kind, host, url, data, attempts; moves, and astray=1 when one was for now only;
--                                 token and begun while leased; holds=1 while its host waits;
--                                 of a look also seen (s: when the page was last read), passed, hurried
if redis.replicate_commands then redis.replicate_commands() end -- TIME before writes, on Redis 6.2

local function now_ms()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end

-- Puts the host where its slot and its first item say, or takes it off.
local function place(P, host)
  local first = redis.call('ZRANGE', P .. 'frontier:host:' .. host, 0, 0, 'WITHSCORES')
  if not first[1] then
    redis.call('ZREM', P .. 'frontier:hosts', host)
    return
  end
  local slot = tonumber(redis.call('GET', P .. 'frontier:slot:' .. host) or 0)
  redis.call('ZADD', P .. 'frontier:hosts', math.max(slot, tonumber(first[2])), host)
end

-- The host is not asked again before `at`.
local function move_slot(P, host, now, at)
  if at > now then
    redis.call('SET', P .. 'frontier:slot:' .. host, string.format('%.0f', at), 'PX', at - now)
  else
    redis.call('DEL', P .. 'frontier:slot:' .. host)
  end
end

-- Lets an item wait until `due`: on its host, but a look beside the hosts.
local function await(P, id, host, due)
  local is_look = redis.call('HGET', P .. 'item:' .. id, 'kind') == 'look'
  redis.call('ZADD', is_look and P .. 'frontier:looks' or P .. 'frontier:host:' .. host, due, id)
end

-- Puts an item back, without a token, due at `due`.
local function put(P, id, host, due)
  redis.call('HDEL', P .. 'item:' .. id, 'token', 'holds', 'begun')
  redis.call('ZREM', P .. 'frontier:leases', id)
  redis.call('SREM', P .. 'frontier:looking', id)
  await(P, id, host, due)
end

-- Lets the host go if this item held it: the next request is `gap` after now.
local function release(P, id, host, now, gap)
  if redis.call('HGET', P .. 'item:' .. id, 'holds') == '1' then
    redis.call('HDEL', P .. 'item:' .. id, 'holds')
    move_slot(P, host, now, now + gap)
  end
end

-- Takes an item off for good.
local function remove(P, id, host)
  redis.call('DEL', P .. 'item:' .. id)
  redis.call('ZREM', P .. 'frontier:leases', id)
  redis.call('ZREM', P .. 'frontier:host:' .. host, id)
  redis.call('SREM', P .. 'frontier:pages', id)
  redis.call('ZREM', P .. 'frontier:looks', id)
  redis.call('SREM', P .. 'frontier:looking', id)
end

local function add(P, id, kind, host, url, data, due)
  redis.call('HSET', P .. 'item:' .. id, 'kind', kind, 'host', host, 'url', url, 'data', data)
  await(P, id, host, due)
  if kind == 'page' then
    redis.call('SADD', P .. 'frontier:pages', id)
  end
end

-- Whether the lease of this token is still the current one; a token is never given twice.
local function is_current(P, id, token)
  return token ~= '' and redis.call('HGET', P .. 'item:' .. id, 'token') == token
end

-- What a feed adds to what is known of all: its demand for polls to their sum (integers, so that nothing is lost by adding
-- and taking away), itself to the number of feeds in its condition; '0', '0' and '' for one that is not asked any more.
--   P frontier:demand      hash  priced, turnover: sums
--   P frontier:conditions  hash  condition → feeds
local function account(P, feed, priced, turnover, condition)
  local key, sums = P .. 'feed:' .. feed, P .. 'frontier:demand'
  local before = redis.call('HGET', key, 'account') or '0 0 '
  local account = priced .. ' ' .. turnover .. ' ' .. condition
  if account == before then return end
  local old_priced, old_turnover, old = string.match(before, '^(%d+) (%d+) (.*)$')
  redis.call('HINCRBY', sums, 'priced', string.format('%.0f', priced - old_priced))
  redis.call('HINCRBY', sums, 'turnover', string.format('%.0f', turnover - old_turnover))
  redis.call('HSET', key, 'account', account)
  if condition ~= old then
    if old ~= '' then redis.call('HINCRBY', P .. 'frontier:conditions', old, -1) end
    if condition ~= '' then redis.call('HINCRBY', P .. 'frontier:conditions', condition, 1) end
  end
end
