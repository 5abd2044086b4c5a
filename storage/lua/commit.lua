-- The one atomic step: story, index, ledger, events and frontier together, or nothing.
-- KEYS[1] P story:ID
-- ARGV 1-8 as for candidates.lua, then: 9 view, 10 entry, 11 token ("" for a backfill), 12 feed, 13 outcome, 14 mark s,
--   15 story, 16 changes, 17 coverage, 18 state, 19 face ("1": its shingles and anchors are indexed),
--   20 origin, 21 number of the entry's fields and values, those, then the events (ledger.lua)
-- Returns {'done', ids appended…}; {'moved', view, found} when what the decision relied on has changed; {'stale'} when
-- the lease is another's now; {'already'} when the entry has its outcome.
local P, now_s, window = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local entry, token, story, coverage = ARGV[10], ARGV[11], ARGV[15], ARGV[17]
if redis.call('HEXISTS', P .. 'entry:' .. entry, 'outcome') == 1 then
  take_off(P, entry, 0)
  return {'already'}
end
if token ~= '' and not is_current(P, entry, token) then return {'stale'} end

local view, found = look_up(P, now_s, window, ARGV[4], ARGV[5], ARGV[6], tonumber(ARGV[7]), tonumber(ARGV[8]))
if view ~= ARGV[9] then return {'moved', view, found} end

local keep = window * 2
-- A backfill may bring an older printing into a living story.
local seen = math.max(now_s, tonumber(redis.call('HGET', P .. 'story:' .. story, 'seen') or 0))
redis.call('HSET', P .. 'story:' .. story, 'changes', ARGV[16], 'coverage', coverage, 'seen', seen, 'state', ARGV[18])
redis.call('EXPIRE', P .. 'story:' .. story, keep)
local raw = raw_of(story)
post(P, now_s, window, raw, ARGV[4])
if ARGV[19] == '1' then
  post(P, now_s, window, raw, ARGV[5])
  post(P, now_s, window, raw, ARGV[6])
end
redis.call('HSET', P .. 'coverage:' .. coverage, story, ARGV[20])
redis.call('EXPIRE', P .. 'coverage:' .. coverage, keep)
local size = tonumber(ARGV[21])
local fields = {unpack(ARGV, 22, 21 + size)}
return {'done', unpack(end_entry(P, entry, ARGV[12], now_s, ARGV[13], tonumber(ARGV[14]), 0, fields, 22 + size))}
