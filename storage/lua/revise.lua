-- Writes down what a page says when it is looked at again: story, index, article, ledger, event and frontier together, or
-- nothing. The entry keeps its outcome.
-- KEYS[1] P story:ID
-- ARGV: 1 P, 2 now s, 3 window s, 4 what was relied on ("id:changes"), 5 entry, 6 token; of the story: 7 id, 8 changes,
--   9 coverage, 10 state, 11 origin, 12 faces (ids, blanks between); 13 the text's own id, 14 packed article, 15 all
--   its hashes ("" where nothing is to be held against it); 16 result, 17 delay ms, 18 data (look.lua), then the events
--   (ledger.lua)
-- Returns 'done'; 'moved' when what was relied on has changed; 'stale' when the token is not current.
local P, now_s, window = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local entry, story = ARGV[5], ARGV[7]
local keep = window * 2
if not is_current(P, entry, ARGV[6]) then return 'stale' end
if not is_as_seen(P, ARGV[4]) then return 'moved' end
local refused = refusal(19)
if refused then return refused end
wrote(P)
local before = read_story(P, story)
local printed = before.printed .. ARGV[13] .. ' '
local seen = math.max(now_s, before.seen)
write_story(P, story, {changes = ARGV[8], coverage = ARGV[9], seen = seen, printed = printed, state = ARGV[10]}, keep)
enter_coverage(P, ARGV[9], story, ARGV[11], keep)
redis.call('SET', P .. 'article:' .. ARGV[13], ARGV[14], 'EX', keep)
keep_faces(P, ARGV[12], keep)
post(P, now_s, window, raw_of(story), ARGV[15])
append(P, 19)
redis.call('HDEL', P .. 'item:' .. entry, 'hurried')
end_look(P, entry, now_s, ARGV[16], ARGV[17], ARGV[18], 0)
return 'done'
