-- Ends a look that told nothing.
-- KEYS[1] P item:ID   ARGV: P, entry, token, result, delay ms, data, gap ms (look.lua)
-- Returns 1, or 0 when the token is not current.
local P, id = ARGV[1], ARGV[2]
if not is_current(P, id, ARGV[3]) then return 0 end
end_look(P, id, math.floor(now_ms() / 1000), ARGV[4], ARGV[5], ARGV[6], tonumber(ARGV[7]))
return 1
