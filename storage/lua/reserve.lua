-- Takes a free host's turn for a request that no item of its own makes.
-- KEYS[1] P frontier:slot:HOST   ARGV: P, host, ms until the turn ends by itself
-- Returns 1, or 0 when the host is not free.
local P, host = ARGV[1], ARGV[2]
local now = now_ms()
if tonumber(redis.call('GET', P .. 'frontier:slot:' .. host) or 0) > now then return 0 end
move_slot(P, host, now, now + tonumber(ARGV[3]))
place(P, host)
return 1
