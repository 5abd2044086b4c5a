-- What one poll found, in one step: new entries enter the ledger and the frontier, and the feed's state moves on.
-- KEYS[1] P feed:ID   ARGV: P, feed, token, state, delay ms, gap ms, mark s, changed ("1": the entries are listed below),
--   url and host where the feed is asked next, its demand (priced, turnover), its condition, number of listed ids, the ids,
--   number of new entries, for each: id, too old ("1" or ""), host, url, data, publisher, title; then the events
--   delay ms "" ends the feed: its item leaves the frontier.
--   P feed:ID          hash    state, touched (s), account (priced, turnover, condition)
--   P feed:ID:entries  set     the entries that stand in it
--   P entry:ID         hash    seen-mark: no TTL while waiting, `mark` seconds after its outcome, renewed while it stands
-- Returns the number of entries that were new, or -1 when the token is not current.
local P, feed, token, state, delay, gap, mark = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], tonumber(ARGV[7])
local home_url, home = ARGV[9], ARGV[10]
if not is_current(P, feed, token) then return -1 end
local now = now_ms()
local now_s = math.floor(now / 1000)
local standing = P .. 'feed:' .. feed .. ':entries'
local listed = tonumber(ARGV[14])
local first = 16 + listed
local events = first + 7 * tonumber(ARGV[15 + listed])
local refused = refusal(events)
if refused then return refused end

if ARGV[8] == '1' then
  redis.call('DEL', standing)
  for i = 15, 14 + listed do redis.call('SADD', standing, ARGV[i]) end
end
-- An unchanged feed keeps its entries' marks alive too, four times a mark's life.
local touched = tonumber(redis.call('HGET', P .. 'feed:' .. feed, 'touched') or 0)
if ARGV[8] == '1' or now_s - touched > mark / 4 then
  for _, id in ipairs(redis.call('SMEMBERS', standing)) do
    if redis.call('TTL', P .. 'entry:' .. id) > 0 then redis.call('EXPIRE', P .. 'entry:' .. id, mark) end
  end
  redis.call('HSET', P .. 'feed:' .. feed, 'touched', now_s)
end

local fresh = 0
for i = first, events - 1, 7 do
  local id, too_old, host = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local key = P .. 'entry:' .. id
  if redis.call('EXISTS', key) == 0 then
    fresh = fresh + 1
    redis.call('HSET', key, 'feed', feed, 'first_seen', now_s, 'url', ARGV[i + 3], 'publisher', ARGV[i + 5],
      'title', ARGV[i + 6])
    count(P, feed, now_s, 'entries', 1)
    if too_old == '1' then
      redis.call('HSET', key, 'outcome', 'rejected', 'reason', 'too_old', 'at', now_s)
      redis.call('EXPIRE', key, mark)
      count(P, feed, now_s, 'rejected:too_old', 1)
    else
      add(P, id, 'page', host, ARGV[i + 3], ARGV[i + 4], now)
      place(P, host)
    end
  end
end
local seen_before = listed - fresh
if seen_before > 0 then count(P, feed, now_s, 'sightings', seen_before) end

redis.call('HSET', P .. 'feed:' .. feed, 'state', state)
local has_ended = delay == ''
account(P, feed, has_ended and '0' or ARGV[11], has_ended and '0' or ARGV[12], ARGV[13])
append(P, events)

local item = P .. 'item:' .. feed
local asked = redis.call('HGET', item, 'host') -- another than its own when it was redirected
release(P, feed, asked, now, tonumber(gap))
if has_ended then
  remove(P, feed, asked)
else
  redis.call('HDEL', item, 'attempts', 'moves', 'astray')
  redis.call('HSET', item, 'host', home, 'url', home_url)
  put(P, feed, home, now + tonumber(delay))
  place(P, home)
end
place(P, asked)
return fresh
