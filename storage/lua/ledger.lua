-- The ledger's one way of counting, shared by the steps that end an entry.
--   P ledger           hash  for ever   name → count
--   P ledger:feed:ID   hash  with feed  the same for one feed
--   P ledger:hour:H    hash  a week     the same for one hour since 1970
local function count(P, feed, now_s, name, by)
  redis.call('HINCRBY', P .. 'ledger', name, by)
  if redis.call('HEXISTS', P .. 'feeds', feed) == 1 then -- none for a backfill, or for one removed meanwhile
    redis.call('HINCRBY', P .. 'ledger:feed:' .. feed, name, by)
  end
  local hour = P .. 'ledger:hour:' .. math.floor(now_s / 3600)
  redis.call('HINCRBY', hour, name, by)
  redis.call('EXPIRE', hour, 604800)
end

-- Ends an entry: its outcome, its events, and where it is leased its item off the frontier. The caller has checked the
-- token.
--   P entry:ID  hash  `mark` seconds from now; renewed while the entry stands in its feed
-- `gap` is the host's, in ms, when the network had it last; `fields` are the entry's further fields in pairs; `rest` is where the events begin in ARGV, each as: stream, number of
-- fields and values, those. Returns the ids of what was appended.
local function end_entry(P, id, is_leased, feed, now_s, outcome, mark, gap, fields, rest)
  local key = P .. 'entry:' .. id
  if redis.call('EXISTS', key) == 0 then -- a backfill: no poll has announced it
    count(P, feed, now_s, 'entries', 1)
    redis.call('HSET', key, 'feed', feed, 'first_seen', now_s)
  end
  redis.call('HSET', key, 'outcome', outcome, 'at', now_s, unpack(fields))
  redis.call('EXPIRE', key, mark)
  count(P, feed, now_s, outcome, 1)

  local appended = {}
  while rest <= #ARGV do
    local size = tonumber(ARGV[rest + 1])
    appended[#appended + 1] = redis.call('XADD', ARGV[rest], '*', unpack(ARGV, rest + 2, rest + 1 + size))
    rest = rest + 2 + size
  end

  local host = is_leased and redis.call('HGET', P .. 'item:' .. id, 'host')
  if host then
    release(P, id, host, now_ms(), gap)
    remove(P, id, host)
    place(P, host)
  end
  return appended
end
