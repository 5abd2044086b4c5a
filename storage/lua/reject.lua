-- Ends an entry that could not be read.
-- KEYS[1] P entry:ID   ARGV: P, now s, entry, token, feed, outcome, mark s, gap ms, number of the entry's fields and values,
--   those, then the events (ledger.lua)
-- Returns 1, or 0 when the token is not current or the entry has its outcome.
local P, entry = ARGV[1], ARGV[3]
if redis.call('HEXISTS', P .. 'entry:' .. entry, 'outcome') == 1 or not is_current(P, entry, ARGV[4]) then return 0 end
local size = tonumber(ARGV[9])
local refused = refusal(10 + size)
if refused then return refused end
local fields = {unpack(ARGV, 10, 9 + size)}
end_entry(P, entry, ARGV[5], tonumber(ARGV[2]), ARGV[6], tonumber(ARGV[7]), tonumber(ARGV[8]), fields, 10 + size)
return 1
