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

-- Takes the item of an entry off the frontier, if there is one; a feed's, whose id a backfill may bear, stays.
local function take_off(P, id, gap)
  local item = redis.call('HMGET', P .. 'item:' .. id, 'kind', 'host')
  if item[1] == 'page' then
    release(P, id, item[2], now_ms(), gap)
    remove(P, id, item[2])
    place(P, item[2])
  end
end

-- Why the events that begin at `rest` in ARGV cannot be appended, as an error to return; nil when they can. To be asked before
-- anything is written: a step that fails in its midst keeps what it wrote, and the event would be missing for good.
local function refusal(rest)
  while rest <= #ARGV do
    for stream in string.gmatch(ARGV[rest], '%S+') do
      local kind = redis.call('TYPE', stream).ok
      if kind ~= 'none' and kind ~= 'stream' then
        return redis.error_reply('WRONGTYPE ' .. stream .. ' is no stream but a ' .. kind)
      end
    end
    rest = rest + 4 + tonumber(ARGV[rest + 3])
  end
end

-- Appends the events that begin at `rest` in ARGV, each as: its streams (blanks between), the key of its text and the text
-- ("" where it is in the document), number of fields and values, those. Returns their ids.
-- Each entry has a number of its own on its stream, and the document bears it too: who reads only that sees a gap as well.
--   P sequences   hash    for ever        stream → number of its last entry
--   P text:EVENT  string  with its entry  a text that is too long for it
--   P texts       zset    –               text's key → ms of its latest entry's id
local function append(P, rest)
  local appended = {}
  while rest <= #ARGV do
    local size = tonumber(ARGV[rest + 3])
    local last = rest + 3 + size
    if ARGV[rest + 1] ~= '' then
      redis.call('SET', ARGV[rest + 1], ARGV[rest + 2])
    end
    local fields, document = {unpack(ARGV, rest + 4, last - 1)}, string.sub(ARGV[last], 1, -2)
    for stream in string.gmatch(ARGV[rest], '%S+') do
      local sequence = string.format('%016.0f', redis.call('HINCRBY', P .. 'sequences', stream, 1))
      fields[size] = document .. ',"sequence":"' .. sequence .. '"}'
      appended[#appended + 1] = redis.call('XADD', stream, '*', 'sequence', sequence, unpack(fields))
      if ARGV[rest + 1] ~= '' then
        redis.call('ZADD', P .. 'texts', 'GT', string.match(appended[#appended], '^%d+'), ARGV[rest + 1])
      end
    end
    rest = last + 1
  end
  return appended
end

-- Ends an entry: its outcome, its events, and its item off the frontier. The caller has checked the token.
--   P entry:ID  hash  `mark` seconds from now; renewed while the entry stands in its feed
-- `gap` is the host's, in ms, when the network had it last; `fields` are the entry's further fields in pairs; `rest` is
-- where the events begin in ARGV. Returns the ids of what was appended.
local function end_entry(P, id, feed, now_s, outcome, mark, gap, fields, rest)
  local key = P .. 'entry:' .. id
  if redis.call('EXISTS', key) == 0 then -- a backfill: no poll has announced it
    count(P, feed, now_s, 'entries', 1)
    redis.call('HSET', key, 'feed', feed, 'first_seen', now_s)
  end
  redis.call('HSET', key, 'outcome', outcome, 'at', now_s, unpack(fields))
  redis.call('EXPIRE', key, mark)
  count(P, feed, now_s, outcome, 1)
  local appended = append(P, rest)
  take_off(P, id, gap)
  return appended
end
