-- The one atomic step: story, index, article, ledger, events and frontier together, or nothing.
-- KEYS[1] P story:ID
-- ARGV 1-8 as for candidates.lua, then: 9 view, 10 entry, 11 token ("" for a backfill), 12 feed, 13 outcome, 14 mark s,
--   15 story, 16 changes, 17 coverage, 18 state, 19 face ("1": its shingles and anchors are indexed), 20 origin,
--   21 article (packed), 22 the story's faces and 23 the stories merged into it (ids, spaces between), 24 ms until the page
--   is looked at again ("": never) and 25 the look, then the events (ledger.lua)
-- Returns {'done', ids appended…}; {'moved', view, found} when what the decision relied on has changed; {'stale'} when
-- the lease is another's now; {'already'} when the entry has its outcome.
local P, now_s, window = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local entry, token, outcome, mark = ARGV[10], ARGV[11], ARGV[13], tonumber(ARGV[14])
local story, coverage = ARGV[15], ARGV[17]
if redis.call('HEXISTS', P .. 'entry:' .. entry, 'outcome') == 1 then
  take_off(P, entry, 0)
  return {'already'}
end
if token ~= '' and not is_current(P, entry, token) then return {'stale'} end

local written, seen_view = string.match(ARGV[9], '^(%d+) (.*)$')
if written ~= writes(P) then
  local view, found = look_up(P, now_s, window, ARGV[4], ARGV[5], ARGV[6], tonumber(ARGV[7]), tonumber(ARGV[8]))
  if string.match(view, '^%d+ (.*)$') ~= seen_view then return {'moved', view, found} end
end
local refused = refusal(26)
if refused then return refused end
wrote(P)

local keep = window * 2
local before = read_story(P, story) or {seen = 0, printed = ''}
local printed = before.printed
for other in string.gmatch(ARGV[23], '%S+') do printed = printed .. absorb(P, story, coverage, other, keep) end
if outcome ~= 'unchanged' then printed = printed .. entry .. ' ' end
-- A backfill may bring an older printing into a living story.
local seen = math.max(now_s, before.seen)
write_story(P, story, {changes = ARGV[16], coverage = coverage, seen = seen, printed = printed, state = ARGV[18]}, keep)
enter_coverage(P, coverage, story, ARGV[20], keep)
redis.call('SET', P .. 'article:' .. entry, ARGV[21], 'EX', math.max(keep, mark))
keep_faces(P, ARGV[22], keep)

local raw = raw_of(story)
post(P, now_s, window, raw, ARGV[4])
if ARGV[19] == '1' then
  post(P, now_s, window, raw, ARGV[5])
  post(P, now_s, window, raw, ARGV[6])
end
-- What the poll wrote down of the entry, its article says now.
redis.call('HDEL', P .. 'entry:' .. entry, 'url', 'publisher', 'title')
local url = redis.call('HMGET', P .. 'item:' .. entry, 'host', 'url')
local appended = end_entry(P, entry, ARGV[12], now_s, outcome, mark, 0, {'story', story}, 26)
if ARGV[24] ~= '' and url[1] then -- none for a backfill
  add(P, entry, 'look', url[1], url[2], ARGV[25], now_ms() + tonumber(ARGV[24]))
  redis.call('HSET', P .. 'item:' .. entry, 'seen', now_s)
end
return {'done', unpack(appended)}
