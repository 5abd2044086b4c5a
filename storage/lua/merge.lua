-- Makes stories one because somebody said so.
-- KEYS[1] P story:ID
-- ARGV: 1 P, 2 now s, 3 window s, 4 story, 5 changes, 6 coverage, 7 state, 8 origin, 9 the story's faces and 10 the stories
--   merged into it (ids, spaces between), 11 what was relied on ("id:changes …"), then one event (ledger.lua)
-- Returns 1, or 0 when what was relied on has changed.
local P, now_s, keep = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]) * 2
if not is_as_seen(P, ARGV[11]) then return 0 end
local refused = refusal(12)
if refused then return refused end
wrote(P)
local printed = read_story(P, ARGV[4]).printed
for other in string.gmatch(ARGV[10], '%S+') do printed = printed .. absorb(P, ARGV[4], ARGV[6], other, keep) end
write_story(P, ARGV[4], {changes = ARGV[5], coverage = ARGV[6], seen = now_s, printed = printed, state = ARGV[7]}, keep)
enter_coverage(P, ARGV[6], ARGV[4], ARGV[8], keep)
keep_faces(P, ARGV[9], keep)
append(P, 12)
return 1
