-- Takes printings out of a story because somebody said so.
-- KEYS[1] P story:ID
-- ARGV: 1 P, 2 now s, 3 window s, 4 what was relied on ("id:changes …"); of each of the two stories, first the one that is
--   left: id, changes, coverage, state, origin, faces, printed (ids, a blank after each): 5-11 and 12-18; 19 exact, 20 shingles,
--   21 anchors: hashes of the printing that the new story begins with, 22 the exact keys of all that move, then their
--   number, and for each: entry, packed article; then one event (ledger.lua)
-- Returns 1, or 0 when what was relied on has changed.
local P, now_s, window = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local keep = window * 2
if not is_as_seen(P, ARGV[4]) then return 0 end
local rest = 24 + 2 * tonumber(ARGV[23])
local refused = refusal(rest)
if refused then return refused end
wrote(P)
for at = 5, 12, 7 do
  local state = {changes = ARGV[at + 1], coverage = ARGV[at + 2], seen = now_s, printed = ARGV[at + 6], state = ARGV[at + 3]}
  write_story(P, ARGV[at], state, keep)
  enter_coverage(P, ARGV[at + 2], ARGV[at], ARGV[at + 4], keep)
  keep_faces(P, ARGV[at + 5], keep)
end
unpost(P, now_s, window, raw_of(ARGV[5]), ARGV[22])
for at = 19, 22 do post(P, now_s, window, raw_of(ARGV[12]), ARGV[at]) end
for at = 24, rest - 1, 2 do
  redis.call('SET', P .. 'article:' .. ARGV[at], ARGV[at + 1], 'EX', keep)
  if redis.call('EXISTS', P .. 'entry:' .. ARGV[at]) == 1 then
    redis.call('HSET', P .. 'entry:' .. ARGV[at], 'story', ARGV[12])
  end
end
append(P, rest)
return 1
