-- Gives an item back: it comes due again after a delay.
-- KEYS[1] P item:ID   ARGV: P, id, token, delay ms, counts ("1" or ""), gap ms, host delay ms
-- Returns 1, or 0 when the token is not current.
local P, id, token = ARGV[1], ARGV[2], ARGV[3]
if not is_current(P, id, token) then return 0 end
local now = now_ms()
local host = redis.call('HGET', P .. 'item:' .. id, 'host')
release(P, id, host, now, math.max(tonumber(ARGV[6]), tonumber(ARGV[7])))
if ARGV[5] == '1' then
  redis.call('HINCRBY', P .. 'item:' .. id, 'attempts', 1)
end
put(P, id, host, now + tonumber(ARGV[4]))
place(P, host)
return 1
